package dev.descent.training.plan;

import dev.descent.core.Default;
import dev.descent.core.Require;
import dev.descent.core.train.Length;
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
        @Default("false") boolean learningRate) {

    static final RecordSpec DEFAULT = new RecordSpec(new LossRecord(1, LossOver.BATCH), null, null, false);

    /// The loss of every `every`-th step.
    record LossRecord(
            @Default("1") long every, @Default("batch") LossOver over) {
        LossRecord {
            Require.between("every", every, 1, Length.MAXIMUM_STEPS);
        }
    }

    /// Norms or values of every `every`-th step.
    ///
    /// @param layers places in the network's `layers`, counted from 0; null for all
    record ParameterRecord(
            @Default("norms") What what,
            long every,
            @Nullable List<Integer> layers) {
        ParameterRecord {
            Require.between("every", every, 1, Length.MAXIMUM_STEPS);
        }
    }
}
