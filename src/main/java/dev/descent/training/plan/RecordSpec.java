package dev.descent.training.plan;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.train.Length;
import dev.descent.training.recording.Histogram;
import dev.descent.training.recording.LossOver;
import dev.descent.training.recording.What;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run records of itself.
///
/// @param learningRate whether the learning rate is recorded beside the loss also when it never changes
record RecordSpec(
        @Default("{}") LossRecord loss,
        @Nullable ParameterRecord gradients,
        @Nullable ParameterRecord weights,
        @Nullable ParameterRecord activations,
        @Default("false") boolean learningRate) {

    static final RecordSpec DEFAULT = new RecordSpec(new LossRecord(1, LossOver.BATCH), null, null, null, false);

    /// The loss of every `every`-th step.
    record LossRecord(
            @Default("1") long every, @Default("batch") LossOver over) {
        LossRecord {
            Require.between("every", every, 1, Length.MAXIMUM_STEPS);
        }
    }

    /// Norms, values or histograms of every `every`-th step.
    ///
    /// @param layers places in the network's `layers`, counted from 0; null for all
    /// @param bins of each histogram; 30 when null
    record ParameterRecord(
            @Default("norms") What what,
            long every,
            @Nullable List<Integer> layers,
            @Nullable Integer bins) {
        ParameterRecord {
            Require.between("every", every, 1, Length.MAXIMUM_STEPS);
            if (bins != null) {
                Require.between("bins", bins, 2, Histogram.MOST_BINS);
                if (what != What.HISTOGRAMS) {
                    throw new InvalidSpec(
                            "/bins", "unexpected", "only histograms have bins; this records " + what.wireName(), bins);
                }
            }
        }

        /// Of each histogram; 0 where there are none.
        int binCount() {
            return what != What.HISTOGRAMS ? 0 : bins == null ? Histogram.USUAL_BINS : bins;
        }
    }
}
