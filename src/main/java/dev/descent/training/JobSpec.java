package dev.descent.training;

import dev.descent.core.data.Split;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Schedule;
import dev.descent.core.train.Batches;
import dev.descent.core.train.Length;
import dev.descent.core.train.TrainingSpec;
import dev.descent.training.recording.LossOver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request with every default written out and the network in it: what a job is, whatever becomes of anything else.
///
/// Sent as a request it makes the same job again.
record JobSpec(
        @Nullable String name,
        String datasetId,
        List<String> features,
        String target,
        Task task,
        Preprocessing preprocessing,
        Split split,
        NetworkSpec network,
        @Nullable List<LayerWeights> initialWeights,
        Loss loss,
        Optimizer optimizer,
        Schedule schedule,
        Batches batches,
        @Nullable Long epochs,
        @Nullable Long steps,
        Precision precision,
        long seed,
        int threads,
        RecordSpec record,
        int priority,
        @Nullable Long timeLimitSeconds) {

    /// What the core is to run.
    TrainingSpec trainingSpec() {
        return new TrainingSpec(
                network,
                initialWeights,
                loss,
                optimizer,
                batches,
                length(),
                precision,
                seed,
                threads,
                record.loss().over() == LossOver.DATASET ? record.loss().every() : 0);
    }

    private Length length() {
        if (epochs != null) {
            return new Length.Epochs(epochs);
        }
        if (steps != null) {
            return new Length.Steps(steps);
        }
        throw new IllegalStateException("a spec has epochs or steps");
    }
}
