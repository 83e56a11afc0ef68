package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Loss;
import java.util.Locale;

/// Whether a spec and its data go together. Pointers are those of a training request.
public final class Fit {

    private Fit() {}

    static void require(TrainingSpec spec, TrainingData data) {
        requireColumns(
                "inputs", data.training().inputs().columns(), spec.network().inputs());
        int targets = spec.loss().targets(spec.network().outputs());
        requireColumns("targets", data.training().targets().columns(), targets);
        require(spec, data.rows(), data.validationRows());
    }

    /// Refuses what cannot be trained on so many rows.
    public static void require(TrainingSpec spec, int trainingRows, int validationRows) {
        requireBatches(spec, trainingRows);
        if (spec.supervision().stopping() instanceof EarlyStopping.ValidationLoss && validationRows == 0) {
            throw new InvalidSpec(
                    "/earlyStopping",
                    "no-validation-rows",
                    "stopping by the validation loss needs held-out rows: give split.validation",
                    "validationLoss");
        }
        for (Metric metric : spec.supervision().metrics()) {
            requireMetric(spec, metric);
        }
    }

    private static void requireBatches(TrainingSpec spec, int rows) {
        int size = spec.batchSize(rows);
        if (size > rows) {
            throw new InvalidSpec(
                    "/batches/size",
                    "batch-too-large",
                    "a batch of " + size + " rows is larger than the " + rows + " training rows",
                    size);
        }
        int last = spec.batches() instanceof Batches.Shuffled && rows % size > 0 ? rows % size : size;
        if (spec.network().normalizesBatches() && last < 2) {
            throw new InvalidSpec(
                    "/batches",
                    "batch-too-small",
                    "batch normalisation needs at least 2 rows in every batch; of " + rows
                            + " training rows in batches of " + size + " the last has 1",
                    size);
        }
    }

    private static void requireMetric(TrainingSpec spec, Metric metric) {
        boolean number = metric == Metric.R2;
        switch (spec.loss()) {
            case Loss.BinaryCrossEntropy _, Loss.SoftmaxCrossEntropy _ ->
                requireMetric(!number, metric, "a cross-entropy is for classes: accuracy and errorRate");
            case Loss.SquaredError _, Loss.AbsoluteError _, Loss.Huber _ -> {}
            case Loss.GaussianNegativeLogLikelihood _ -> requireMetric(number, metric, "this loss is for numbers: r2");
            case Loss.MixtureDensity _ -> requireMetric(false, metric, "a mixture has no single prediction to measure");
            case Loss.WeightedSum _ ->
                requireMetric(false, metric, "the outputs of a sum of losses are of several kinds");
        }
    }

    private static void requireMetric(boolean fits, Metric metric, String why) {
        if (!fits) {
            throw new InvalidSpec(
                    "/metrics", "metric-loss-mismatch", why, metric.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void requireColumns(String what, int found, int expected) {
        if (found != expected) {
            throw new InvalidSpec(
                    "/network",
                    "shape",
                    "the network needs " + expected + " " + what + ", the data have " + found,
                    found);
        }
    }
}
