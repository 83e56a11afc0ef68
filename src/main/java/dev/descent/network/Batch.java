package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.LossTerm;
import dev.descent.core.nn.NetworkSpec;

/// Checks of the rows a client sends, each refusal with the row and both numbers.
final class Batch {

    static final int MAXIMUM_ROWS = 10_000;

    private static final double ROUNDING = 1e-9;

    private Batch() {}

    static void requireInputs(NetworkSpec network, double[][] inputs) {
        if (inputs.length > MAXIMUM_ROWS) {
            throw new TooManyRows(inputs.length, MAXIMUM_ROWS);
        }
        if (inputs.length == 0) {
            throw new BatchRefused(new InvalidSpec("/inputs", "no-rows", "inputs has no rows; at least 1 is needed"));
        }
        requireWidth("/inputs", inputs, network.inputs(), "the network has " + network.inputs() + " inputs");
    }

    static void requireTargets(NetworkSpec network, Loss loss, double[][] inputs, double[][] targets) {
        if (targets.length != inputs.length) {
            throw shape(
                    "/targets", "targets has " + targets.length + " rows, inputs has " + inputs.length, targets.length);
        }
        int width = loss.targets(network.outputs());
        requireWidth(
                "/targets",
                targets,
                width,
                width == network.outputs()
                        ? "the network has " + width + " outputs"
                        : "the loss needs " + width + " for the " + network.outputs() + " outputs of the network");
        requireValues(loss, targets, 0, width);
    }

    /// Checks the columns that belong to `loss`.
    private static void requireValues(Loss loss, double[][] targets, int first, int count) {
        switch (loss) {
            case Loss.SquaredError squared -> {}
            case Loss.AbsoluteError absolute -> {}
            case Loss.Huber huber -> {}
            case Loss.GaussianNegativeLogLikelihood gaussian -> {}
            case Loss.MixtureDensity mixture -> {}
            case Loss.BinaryCrossEntropy binary -> requireProbabilities(targets, first, count);
            case Loss.SoftmaxCrossEntropy softmax -> {
                requireProbabilities(targets, first, count);
                requireDistributions(targets, first, count);
            }
            case Loss.WeightedSum sum -> {
                int column = first;
                for (LossTerm term : sum.terms()) {
                    int wanted = term.loss().targets(term.outputs());
                    requireValues(term.loss(), targets, column, wanted);
                    column += wanted;
                }
            }
        }
    }

    private static void requireWidth(String pointer, double[][] rows, int width, String reason) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                String message = "the row has " + rows[i].length + " values, " + reason;
                throw shape(pointer + "/" + i, message, rows[i].length);
            }
        }
    }

    private static void requireProbabilities(double[][] targets, int first, int count) {
        for (int i = 0; i < targets.length; i++) {
            for (int j = first; j < first + count; j++) {
                if (targets[i][j] < 0 || targets[i][j] > 1) {
                    throw new BatchRefused(new InvalidSpec(
                            "/targets/" + i + "/" + j,
                            "target-range",
                            "cross-entropy needs targets between 0 and 1",
                            targets[i][j]));
                }
            }
        }
    }

    private static void requireDistributions(double[][] targets, int first, int count) {
        for (int i = 0; i < targets.length; i++) {
            double sum = 0;
            for (int j = first; j < first + count; j++) {
                sum += targets[i][j];
            }
            if (Math.abs(sum - 1) > ROUNDING) {
                throw new BatchRefused(new InvalidSpec(
                        "/targets/" + i,
                        "target-sum",
                        "softmaxCrossEntropy needs rows that add up to 1, with a single 1 for a class; these add up to "
                                + sum,
                        sum));
            }
        }
    }

    private static BatchRefused shape(String pointer, String message, int found) {
        return new BatchRefused(new InvalidSpec(pointer, "shape", message, found));
    }
}
