package dev.descent.network;

import dev.descent.core.nn.Analysis;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How long passes of a network take on one thread of this machine, in binary64: an estimate from its
/// operations and from the pace that the service measured of itself.
record EstimatedSeconds(
        @Schema(description = "Forward, for a thousand rows at once")
        double predictionOfThousandRows,

        @Schema(description = "Forward, back and the update, for a batch")
        double step,

        @Schema(description = "Rows in that batch") int batchSize,

        @Schema(description = "All epochs over all rows; null unless `rows` says how many there are") @Nullable
        Double training,

        String reason) {

    /// What an activation and its slope, and an update, take, in multiply-adds.
    private static final double PER_UNIT = 20;

    private static final double PER_PARAMETER = 4;

    private static final String REASON =
            "an estimate: counts operations at the pace of this machine, measured once on" + " dense layers";

    static EstimatedSeconds of(Analysis analysis, Pace pace, int batchSize, @Nullable Long rows, int epochs) {
        double step = step(analysis, pace, batchSize);
        Double training = null;
        if (rows != null) {
            double whole = Math.floor((double) rows / batchSize) * step;
            int rest = (int) (rows % batchSize);
            training = epochs * (whole + (rest == 0 ? 0 : step(analysis, pace, rest)));
        }
        double units = units(analysis);
        double prediction = analysis.layers().size() * pace.perLayer() / 2
                + 1000 * pace.perMultiplyAdd() * (analysis.multiplyAdds().forward() + PER_UNIT / 2 * units);
        return new EstimatedSeconds(prediction, step, batchSize, training, REASON);
    }

    private static double step(Analysis analysis, Pace pace, int rows) {
        double perRow =
                analysis.multiplyAdds().forward() + analysis.multiplyAdds().backward() + PER_UNIT * units(analysis);
        return analysis.layers().size() * pace.perLayer()
                + pace.perMultiplyAdd() * (rows * perRow + PER_PARAMETER * analysis.parameters());
    }

    private static double units(Analysis analysis) {
        return analysis.layers().stream()
                .mapToDouble(Analysis.LayerAnalysis::units)
                .sum();
    }
}
