package dev.descent.core.lint;

import java.nio.ByteBuffer;

/// The losses of a run's epochs in a fixed amount of memory: all of them, thinned to the means of ever longer
/// stretches,
/// and the latest as they were.
final class LossHistory {

    static final int POINTS = 64;
    static final int RECENT = 16;
    private static final int BYTES = Double.BYTES * (2 * POINTS + RECENT + 7) + Long.BYTES * 5;

    private final double[] training = new double[POINTS]; // means of [#stride] epochs each
    private final double[] validation = new double[POINTS];
    private final double[] recent = new double[RECENT]; // of epoch e at e % RECENT
    private long epochs;
    private long stride = 1;
    private long points;
    private long inSum;
    private double sumTraining;
    private double sumValidation;
    private double firstTraining;
    private double firstValidation;
    private double bestValidation = Double.POSITIVE_INFINITY;
    private double trainingAtBest;
    private double latestTraining;
    private long bestEpoch;

    void clear() {
        epochs = 0;
        stride = 1;
        points = 0;
        inSum = 0;
        sumTraining = 0;
        sumValidation = 0;
        bestValidation = Double.POSITIVE_INFINITY;
        bestEpoch = 0;
    }

    /// Adds an epoch; `ofValidation` is NaN without held-out rows. Allocates nothing.
    void add(double ofTraining, double ofValidation) {
        if (epochs == 0) {
            firstTraining = ofTraining;
            firstValidation = ofValidation;
        }
        latestTraining = ofTraining;
        recent[(int) (epochs % RECENT)] = ofTraining;
        epochs++;
        if (ofValidation < bestValidation) {
            bestValidation = ofValidation;
            trainingAtBest = ofTraining;
            bestEpoch = epochs;
        }
        sumTraining += ofTraining;
        sumValidation += ofValidation;
        if (++inSum == stride) {
            if (points == POINTS) {
                thin();
            }
            if (inSum == stride) {
                training[(int) points] = sumTraining / stride;
                validation[(int) points] = sumValidation / stride;
                points++;
                inSum = 0;
                sumTraining = 0;
                sumValidation = 0;
            }
        }
    }

    /// Makes one point of every two.
    private void thin() {
        for (int i = 0; i < POINTS / 2; i++) {
            training[i] = (training[2 * i] + training[2 * i + 1]) / 2;
            validation[i] = (validation[2 * i] + validation[2 * i + 1]) / 2;
        }
        points = POINTS / 2;
        stride *= 2;
    }

    long epochs() {
        return epochs;
    }

    int points() {
        return (int) points;
    }

    /// Epochs that a point is the mean of.
    long stride() {
        return stride;
    }

    double training(int point) {
        return training[point];
    }

    double validation(int point) {
        return validation[point];
    }

    /// The training loss of one of the last [#RECENT] epochs; 0 is the latest.
    double recent(int back) {
        return recent[(int) ((epochs - 1 - back) % RECENT)];
    }

    double firstTraining() {
        return firstTraining;
    }

    double firstValidation() {
        return firstValidation;
    }

    double latestTraining() {
        return latestTraining;
    }

    /// The least validation loss of an epoch, [#bestEpoch] of them having ended with it.
    double bestValidation() {
        return bestValidation;
    }

    double trainingAtBest() {
        return trainingAtBest;
    }

    long bestEpoch() {
        return bestEpoch;
    }

    byte[] save() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        for (long one : new long[] {epochs, stride, points, inSum, bestEpoch}) {
            bytes.putLong(one);
        }
        for (double[] numbers : numbers()) {
            for (double one : numbers) {
                bytes.putDouble(one);
            }
        }
        return bytes.array();
    }

    /// Becomes what was saved; bytes of another size are none of this class's, and leave it empty.
    void restore(byte[] saved) {
        clear();
        if (saved.length != BYTES) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(saved);
        epochs = bytes.getLong();
        stride = bytes.getLong();
        points = bytes.getLong();
        inSum = bytes.getLong();
        bestEpoch = bytes.getLong();
        for (double[] numbers : new double[][] {training, validation, recent}) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = bytes.getDouble();
            }
        }
        sumTraining = bytes.getDouble();
        sumValidation = bytes.getDouble();
        firstTraining = bytes.getDouble();
        firstValidation = bytes.getDouble();
        bestValidation = bytes.getDouble();
        trainingAtBest = bytes.getDouble();
        latestTraining = bytes.getDouble();
    }

    private double[][] numbers() {
        return new double[][] {
            training,
            validation,
            recent,
            {sumTraining, sumValidation, firstTraining, firstValidation, bestValidation, trainingAtBest, latestTraining}
        };
    }
}
