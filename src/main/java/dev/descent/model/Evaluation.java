package dev.descent.model;

import dev.descent.core.metric.Confusions;
import dev.descent.core.metric.Ranking;
import dev.descent.core.metric.Reliability;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How good a model is on the rows of a dataset. What does not apply to it, or is no finite number, is null.
record Evaluation(
        String modelId,
        String datasetId,
        EvaluationRequest.@Nullable Part part,
        long rows,

        @Schema(description = "The objective of the model's job over these rows") @Nullable
        Double loss,

        @Schema(description = "Share of rows whose class is right") @Nullable
        Double accuracy,

        @Schema(
                description =
                        "Coefficient of determination, on the target's own scale; null where the target does not vary")
        @Nullable
        Double r2,

        @Nullable Double meanAbsoluteError,
        @Nullable Double meanSquaredError,
        @Nullable Double rootMeanSquaredError,

        @Schema(description = "Each class on its own, in the order of the outputs") @Nullable
        List<ClassResult> classes,

        @Nullable ConfusionMatrix confusionMatrix,

        @Schema(description = "Of two classes: how well the second is told from the first; null without rows of both")
        @Nullable
        RocCurve roc,

        @Schema(description = "Of two classes, as roc") @Nullable
        PrecisionRecallCurve precisionRecall,

        @Schema(description = "Whether probabilities come true; null where the network's outputs are none") @Nullable
        Calibration calibration) {

    /// A share of no rows is null.
    record ClassResult(
            String label,

            @Schema(description = "How many rows are of this class")
            long support,

            @Schema(description = "How many rows were taken for it")
            long predicted,

            @Nullable Double precision,
            @Nullable Double recall,
            @Nullable Double f1) {}

    record ConfusionMatrix(
            List<String> labels,

            @Schema(description = "A row for each actual class, a column for each predicted one")
            long[][] counts) {}

    record RocCurve(
            @Schema(description = "The class that counts as positive")
            String positive,

            @Schema(description = "Chance that a row of the positive class gets the larger score, a tie counting half")
            double area,

            @Schema(description = "Rows with at least this score are taken for positive; null above every score")
            List<@Nullable Double> thresholds,

            double[] falsePositiveRate,
            double[] truePositiveRate,

            @Schema(description = "Whether points were left out to keep to maxPoints")
            boolean sampled) {}

    record PrecisionRecallCurve(
            String positive,

            @Schema(description = "Average precision: the sum of precision times the recall gained at each threshold")
            double area,

            double[] thresholds,
            double[] precision,
            double[] recall,
            boolean sampled) {}

    record Calibration(
            @Schema(
                    description =
                            "Mean squared difference between probabilities and what came true: of the second class where there are two, else summed over all classes")
            double brierScore,

            @Schema(description = "Mean over rows of how far their bin's probability and share are apart")
            double expectedCalibrationError,

            @Schema(
                    description =
                            "Ten bins of equal width, those with any row: by the probability of the second class where there are two, else of the predicted class")
            List<Reliability.Bin> bins) {}

    static List<ClassResult> classes(List<String> labels, Confusions confusions) {
        List<ClassResult> results = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            results.add(new ClassResult(
                    labels.get(i),
                    confusions.support(i),
                    confusions.predicted(i),
                    confusions.precision(i),
                    confusions.recall(i),
                    confusions.f1(i)));
        }
        return results;
    }

    static @Nullable RocCurve roc(String positive, Ranking.@Nullable Curve curve) {
        return curve == null
                ? null
                : new RocCurve(
                        positive, curve.area(), finite(curve.thresholds()), curve.x(), curve.y(), curve.sampled());
    }

    static @Nullable PrecisionRecallCurve precisionRecall(String positive, Ranking.@Nullable Curve curve) {
        return curve == null
                ? null
                : new PrecisionRecallCurve(
                        positive, curve.area(), curve.thresholds(), curve.y(), curve.x(), curve.sampled());
    }

    static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }

    private static List<@Nullable Double> finite(double[] values) {
        List<@Nullable Double> finite = new ArrayList<>();
        for (double value : values) {
            finite.add(finite(value));
        }
        return finite;
    }
}
