package dev.descent.network;

import dev.descent.core.nn.LayerWeights;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows to send through a network.
record ForwardRequest(
        @Schema(description = "The parameters, layer by layer; or else give a seed") @Nullable
        List<LayerWeights> weights,

        @Schema(description = "Draws the parameters as a training job with this seed does") @Nullable
        Long seed,

        @Schema(description = "Rows of inputs (n x inputs)") double[][] inputs) {

    ForwardRequest {
        Start.require(weights, seed);
    }

    Start start() {
        return new Start(weights, seed);
    }
}
