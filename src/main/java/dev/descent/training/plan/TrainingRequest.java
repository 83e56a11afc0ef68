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
import dev.descent.core.train.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asks to be trained.
///
/// @param datasetId the id of a dataset, or the name of one: then the newest with that name
/// @param features columns that become inputs; every column but the target and the weights when left out
/// @param target the column to predict, or else `targets` names several
/// @param sampleWeight a numeric column of what each row counts for in every loss, training, held out or test; each row
///     counts for 1 when left out. Accuracy, error rate, R2 and preprocessing take every row once
/// @param task by default what the target's type and the loss suggest
/// @param networkId a stored network, or else `network` describes it here
/// @param initialWeights where to start; drawn with `seed` when left out
/// @param loss by default squaredError for numbers, a cross-entropy for classes
/// @param epochs passes over the training rows, or else `steps` updates
/// @param regularization penalties on the weights and a bound on their length; none when left out
/// @param earlyStopping ends the run before its length is reached; never when left out
/// @param onDivergence what happens when a number stops being finite
/// @param metrics measured after each epoch on the training rows and on the held-out rows
/// @param priority higher goes first
/// @param timeLimitSeconds the run ends FAILED when it has trained that long
public record TrainingRequest(
        @Nullable String name,
        String datasetId,
        @Nullable List<String> features,
        @Nullable String target,

        @Schema(
                description =
                        "Two or more columns in place of target, in the order in which the loss takes them: numbers for squaredError, absoluteError, huber (an output each), gaussianNegativeLogLikelihood (two each) and mixtureDensity; classes for softmaxCrossEntropy (one column, an output for each class); two classes for binaryCrossEntropy (an output each). The terms of a weightedSum take the next ones each")
        @Nullable
        List<String> targets,

        @Schema(
                description =
                        "A numeric column, not a feature, of what each row counts for in every loss: numbers of 0 or more, not all 0. A mean is divided by the sum of the weights. Accuracy, error rate, R2 and preprocessing take every row once. Every row counts for 1 when left out")
        @Nullable
        String sampleWeight,

        @Nullable Task task,
        @Default("{}") Preprocessing preprocessing,
        @Nullable Split split,
        @Nullable String networkId,
        @Nullable NetworkSpec network,
        @Nullable List<LayerWeights> initialWeights,
        @Nullable Loss loss,
        Optimizer optimizer,
        @Default("constant") Schedule schedule,
        @Default("full") Batches batches,
        @Nullable Double epochs,
        @Nullable Double steps,
        @Default("float64") Precision precision,
        @Default("0") long seed,

        @Schema(
                description =
                        "Seeds a stream of its own for the batches, so that their order is the same whatever seed and network draw for weights and dropout masks. When left out the stream of seed draws weights, batches and masks")
        @Nullable
        Long batchSeed,

        @Default("1") int threads,
        @Nullable Regularization regularization,
        @Nullable GradientClipping gradientClipping,
        @Nullable EarlyStopping earlyStopping,
        @Default("fail") DivergenceRemedy onDivergence,
        @Default("[]") List<Metric> metrics,
        @Default("{}") RecordSpec record,
        @Default("0") int priority,
        @Nullable Long timeLimitSeconds) {}
