package dev.descent.training.plan;

import dev.descent.core.Default;
import dev.descent.core.data.Split;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import dev.descent.core.train.Batches;
import dev.descent.core.train.DivergenceRemedy;
import dev.descent.core.train.EarlyStopping;
import dev.descent.core.train.Length;
import dev.descent.core.train.Metric;
import dev.descent.core.train.Supervision;
import dev.descent.core.train.TrainingSpec;
import dev.descent.core.train.Update;
import dev.descent.training.recording.LossOver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request with every default written out and the network in it: what a job is, whatever becomes of anything else.
///
/// Sent as a request it makes the same job again.
public record JobSpec(
        @Nullable String name,
        String datasetId,
        List<String> features,
        @Nullable String target,
        @Nullable List<String> targets,
        @Nullable String sampleWeight,
        @Nullable Task task,
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
        @Nullable Long batchSeed,
        int threads,
        @Nullable Regularization regularization,
        @Nullable GradientClipping gradientClipping,
        @Nullable EarlyStopping earlyStopping,
        @Default("fail") DivergenceRemedy onDivergence,
        @Default("[]") List<Metric> metrics,
        RecordSpec record,
        int priority,
        @Nullable Long timeLimitSeconds) {

    /// What the core is to run.
    public TrainingSpec trainingSpec() {
        return new TrainingSpec(
                network,
                initialWeights,
                loss,
                new Update(
                        optimizer,
                        schedule,
                        regularization == null ? Regularization.NONE : regularization,
                        gradientClipping),
                batches,
                length(),
                new Supervision(
                        earlyStopping,
                        onDivergence,
                        metrics,
                        record.loss().over() == LossOver.DATASET ? record.loss().every() : 0),
                precision,
                seed,
                batchSeed,
                threads);
    }

    /// The columns to predict, one or several.
    public List<String> targetColumns() {
        if (targets != null) {
            return targets;
        }
        if (target != null) {
            return List.of(target);
        }
        throw new IllegalStateException("a spec has a target or targets");
    }

    /// Whether not every step has the optimizer's own learning rate.
    /// Whether there is more to know of the learning rate than the optimizer's.
    boolean recordsLearningRate() {
        return record.learningRate()
                || !schedule.equals(new Schedule.Constant(null))
                || onDivergence instanceof DivergenceRemedy.Restart;
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
