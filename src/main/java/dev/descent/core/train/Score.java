package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Loss;
import java.util.List;

/// Adds up what the metrics need, row by row. Rows weigh the same.
final class Score {

    private final double threshold;
    private final boolean classes;
    private final boolean numbers;
    private final int columns;
    private final double[] mean;
    private long rows;
    private long hits;
    private double residual;
    private double total;

    /// For outputs that `loss` works on, and targets of `columns` columns; of more outputs the first are measured.
    Score(Loss loss, List<Metric> metrics, int columns) {
        classes = metrics.contains(Metric.ACCURACY) || metrics.contains(Metric.ERROR_RATE);
        numbers = metrics.contains(Metric.R2);
        this.columns = columns;
        threshold = loss instanceof Loss.BinaryCrossEntropy ? 0 : 0.5;
        mean = new double[columns];
    }

    void clear() {
        rows = 0;
        hits = 0;
        residual = 0;
        total = 0;
        for (int j = 0; j < columns; j++) {
            mean[j] = 0;
        }
    }

    void see(Matrix output, Matrix targets) {
        for (int i = 0; i < output.rows(); i++) {
            rows++;
            if (classes) {
                hits += hit(output, targets, i) ? 1 : 0;
            }
            if (numbers) {
                measure(output, targets, i);
            }
        }
    }

    private boolean hit(Matrix output, Matrix targets, int row) {
        if (columns == 1) {
            return output.get(row, 0) > threshold == targets.get(row, 0) > 0.5;
        }
        return largest(output, row) == largest(targets, row);
    }

    private int largest(Matrix matrix, int row) {
        int largest = 0;
        for (int j = 1; j < columns; j++) {
            if (matrix.get(row, j) > matrix.get(row, largest)) {
                largest = j;
            }
        }
        return largest;
    }

    /// Welford's recursion for the spread about the mean.
    private void measure(Matrix output, Matrix targets, int row) {
        for (int j = 0; j < columns; j++) {
            double wanted = targets.get(row, j);
            double error = output.get(row, j) - wanted;
            residual += error * error;
            double before = wanted - mean[j];
            mean[j] += before / rows;
            total += before * (wanted - mean[j]);
        }
    }

    double value(Metric metric) {
        return switch (metric) {
            case ACCURACY -> (double) hits / rows;
            case ERROR_RATE -> (double) (rows - hits) / rows;
            case R2 -> total > 0 ? 1 - residual / total : Double.NaN;
        };
    }
}
