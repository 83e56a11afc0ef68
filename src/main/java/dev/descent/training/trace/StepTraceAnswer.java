package dev.descent.training.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Loss;
import dev.descent.core.optim.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What [TraceJson] writes, described for clients.
@Schema(name = "StepTrace", description = "One step of a job with all its numbers, n rows of its batch")
record StepTraceAnswer(
        @Schema(
                description =
                        "The job whose run took the step: for a step before a fork, the one that it was forked from")
        String jobId,

        @Schema(description = "Counted from 0, as in the loss curve")
        long step,

        @Schema(description = "Counted from 0") long epoch,

        @Schema(description = "How often the run had diverged and begun again before the step")
        long round,

        @Schema(description = "Updates made by the checkpoint that it was replayed from; 0 for the start")
        long replayedFrom,

        Precision precision,
        Optimizer optimizer,
        double learningRate,
        Loss lossFunction,

        @Schema(description = "The loss of the batch, without the penalty")
        double loss,

        @Schema(description = "What regularization added") double penalty,

        @Schema(description = "Loss and penalty: what the step minimised")
        double objective,

        @Schema(description = "The objective over all training rows; null where record.loss.over did not ask for it")
        @Nullable
        Double datasetLoss,

        StepBatch batch,

        @Schema(description = "dJ/da of the last layer (n x outputs)")
        double[][] outputGradient,

        @Schema(description = "Null where gradients are not clipped, or the step made no update") @Nullable
        StepClipping clipping,

        @Schema(description = "What the optimizer keeps for all parameters together")
        StepNumbers optimizerNumbers,

        @Schema(description = "Why the run ended with this step; null where it did not") @Nullable
        StepDivergence divergence,

        @Schema(
                description =
                        "Which numbers beside the layers are null because they are not finite; null where none is")
        @Nullable
        String reason,

        @Schema(description = "In the order of computation; those of a residual block come before it")
        List<StepLayer> layers) {

    record StepBatch(
            @Schema(description = "How many rows the step saw")
            int size,

            @Schema(description = "Which of them is the first told here, counted from 0")
            int firstRow,

            @Schema(description = "Which row of the dataset each row told here is, counted from 0")
            List<Integer> rows,

            @Schema(description = "What each input is") List<String> inputNames,
            @Schema(description = "The target columns") List<String> targetNames,

            @Schema(description = "x (n x inputs), encoded and scaled")
            double[][] inputs,

            @Schema(description = "y (n x targets), encoded and scaled")
            double[][] targets,

            @Schema(description = "What each row weighs in the loss; null for 1 each")
            double @Nullable [] weights) {}

    record StepClipping(
            @Schema(description = "The length of all gradients as one vector")
            double norm,

            @Schema(description = "The same after clipping") double clippedNorm) {}

    record StepNumbers(
            @Schema(description = "t: the updates that the optimizer had made. Of lbfgs: the length of its last step")
            Map<String, Double> before,

            @Schema(description = "The same afterwards; null where no update was made") @Nullable
            Map<String, Double> after) {}

    record StepDivergence(
            @Schema(
                    description = "What stopped being finite first",
                    allowableValues = {"activation", "loss", "gradient", "weights"})
            String place,

            @Schema(description = "By its index in the order of computation")
            int layer,

            String message) {}

    /// @param symbol in the optimizer's formula
    record StepSlot(
            @Schema(description = "In the optimizer's formula")
            String symbol,

            double[][] before,

            @Schema(description = "Null where no update was made")
            double @Nullable [][] after) {}

    record StepState(
            @Schema(description = "What the optimizer keeps for W")
            List<StepSlot> weights,

            @Schema(description = "What it keeps for b, each a matrix of one row")
            List<StepSlot> biases) {}

    record StepLayer(
            @Schema(description = "In the order of computation, counted from 0")
            int index,

            @Schema(description = "Which layer of the description this is")
            String pointer,

            String type,
            @Schema(description = "g") Activation activationFunction,
            @Schema(description = "x (n x in)") double[][] input,

            @Schema(description = "W (units x in) before the update; gamma (1 x units) of a batch normalisation")
            double @Nullable [][] weights,

            @Schema(description = "b, or beta (units), before the update")
            double @Nullable [] biases,

            @Schema(description = "The mean (units) that a batch normalisation subtracted")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [] mean,

            @Schema(description = "The biased variance (units) that it divided by, without epsilon")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [] variance,

            @Schema(description = "Its running mean (units) after the step") @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [] runningMean,

            @Schema(description = "Its running variance (units) after the step")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [] runningVariance,

            @Schema(description = "What a dropout multiplied x by (n x units): 0 or 1 / (1 - rate)")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [][] mask,

            @Schema(description = "z (n x units); x W^T + b in a dense layer")
            double[][] preActivation,

            @Schema(description = "a = g(z) (n x units)") double[][] activation,
            @Schema(description = "dJ/dz (n x units)") double[][] delta,

            @Schema(description = "dJ/dW, delta^T x in a dense layer, and the penalty's part; or dJ/dgamma")
            double @Nullable [][] weightGradient,

            @Schema(description = "dJ/db or dJ/dbeta, the sum of delta's rows")
            double @Nullable [] biasGradient,

            @Schema(description = "dJ/dx (n x in), delta W in a dense layer")
            double[][] inputGradient,

            @Schema(description = "What the optimizer saw of dW; left out where gradients are not clipped")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [][] clippedWeightGradient,

            @Schema(description = "What the optimizer saw of db; left out where gradients are not clipped")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            double @Nullable [] clippedBiasGradient,

            StepState optimizerState,

            @Schema(description = "W after the update minus W; null where no update was made")
            double @Nullable [][] weightUpdate,

            @Schema(description = "b after the update minus b; null where no update was made")
            double @Nullable [] biasUpdate,

            @Schema(description = "W after the update. Of a step that diverged: what it would have been")
            double @Nullable [][] newWeights,

            @Schema(description = "b after the update. Of a step that diverged: what it would have been")
            double @Nullable [] newBiases,

            @Schema(
                    description =
                            "Which of these hold numbers that are not finite, written as null; null where all are")
            @Nullable
            String reason) {}
}
