package dev.descent.network;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.optim.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pass, and what a student computed of it.
record AnswersRequest(
        @Schema(description = "The parameters, layer by layer; or else give a seed") @Nullable
        List<LayerWeights> weights,

        @Schema(description = "Draws the parameters as a training job with this seed does") @Nullable
        Long seed,

        @Schema(description = "Rows of inputs (n x inputs)") double[][] inputs,

        @Schema(description = "Rows of outputs (n x outputs); for classes one-hot")
        double[][] targets,

        Loss loss,

        @Schema(
                description =
                        "What updates the weights, to recognise a delta that was sent back through the updated ones;"
                                + " without it plain gradient descent is assumed, and its learning rate derived")
        @Nullable
        Optimizer optimizer,

        @Schema(description = "Whether to compare with central differences too") @Default("true")
        boolean check,

        StudentAnswers answers) {

    AnswersRequest {
        Start.require(weights, seed);
        if (optimizer instanceof Optimizer.Lbfgs || optimizer instanceof Optimizer.Kfac) {
            throw new InvalidSpec(
                    "/optimizer",
                    "not-one-step",
                    "this optimizer's first step needs more than the gradients; leave it out, or name another");
        }
    }

    GradientsRequest pass() {
        return new GradientsRequest(weights, seed, inputs, targets, loss, check);
    }
}
