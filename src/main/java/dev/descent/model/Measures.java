package dev.descent.model;

import dev.descent.core.data.Target;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.metric.Confusions;
import dev.descent.core.metric.Ranking;
import dev.descent.core.metric.Reliability;
import dev.descent.core.metric.Residuals;
import dev.descent.core.nn.LossSum;
import dev.descent.core.nn.Objective;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of rows that have passed through a model, to say in the end how good it is.
final class Measures {

    private final ModelDescription model;
    private final List<String> labels;
    private final boolean binary;
    private final boolean probabilities;
    private final LossSum loss;
    private final Residuals residuals = new Residuals();
    private final Confusions confusions;
    private final Ranking ranking = new Ranking();
    private final Reliability reliability = new Reliability();
    private double brier;
    private long rows;

    Measures(ModelDescription model) {
        this.model = model;
        labels = model.target().classes();
        binary = labels.size() == 2;
        probabilities = Predictor.sharesAreProbabilities(model);
        loss = new Objective(model.loss(), model.precision()).sum();
        confusions = new Confusions(labels.size());
    }

    /// `wanted` are the targets' cells of the rows that went through `passed` last.
    void see(Predictor passed, double[] wanted, int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = i;
        }
        Matrix targets = model.target().matrix(model.precision(), wanted, places, model.targetScaling());
        loss.add(passed.output(), targets, null);
        for (int i = 0; i < count; i++) {
            if (model.target().form() == Target.Form.VALUE) {
                residuals.add(wanted[i], passed.value(i));
            } else {
                seeClass(passed, i, model.target().classOf(wanted[i]));
            }
        }
        rows += count;
    }

    private void seeClass(Predictor passed, int row, int actual) {
        int predicted = passed.best(row);
        confusions.add(actual, predicted);
        if (binary) {
            ranking.add(score(passed, row), actual == 1);
        }
        if (!probabilities) {
            return;
        }
        if (binary) {
            double share = passed.share(row, 1);
            double error = share - (actual == 1 ? 1 : 0);
            brier += error * error;
            reliability.add(share, actual == 1);
        } else {
            for (int i = 0; i < labels.size(); i++) {
                double error = passed.share(row, i) - (i == actual ? 1 : 0);
                brier += error * error;
            }
            reliability.add(passed.share(row, predicted), predicted == actual);
        }
    }

    /// What speaks for the second class: its probability, or how far its output is above the first's.
    private double score(Predictor passed, int row) {
        return model.target().form() == Target.Form.INDICATOR || probabilities
                ? passed.share(row, 1)
                : passed.share(row, 1) - passed.share(row, 0);
    }

    Evaluation evaluation(String modelId, String datasetId, EvaluationRequest.@Nullable Part part, int points) {
        boolean number = model.target().form() == Target.Form.VALUE;
        String positive = binary ? labels.get(1) : "";
        return new Evaluation(
                modelId,
                datasetId,
                part,
                rows,
                Evaluation.finite(loss.value()),
                number ? null : confusions.accuracy(),
                number ? Evaluation.finite(residuals.r2()) : null,
                number ? Evaluation.finite(residuals.meanAbsoluteError()) : null,
                number ? Evaluation.finite(residuals.meanSquaredError()) : null,
                number ? Evaluation.finite(residuals.rootMeanSquaredError()) : null,
                number ? null : Evaluation.classes(labels, confusions),
                number ? null : new Evaluation.ConfusionMatrix(labels, confusions.counts()),
                binary ? Evaluation.roc(positive, ranking.receiverOperatingCharacteristic(points)) : null,
                binary ? Evaluation.precisionRecall(positive, ranking.precisionRecall(points)) : null,
                number || !probabilities
                        ? null
                        : new Evaluation.Calibration(brier / rows, reliability.expectedError(), reliability.bins()));
    }
}
