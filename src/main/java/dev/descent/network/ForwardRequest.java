package dev.descent.network;

import dev.descent.core.nn.LayerWeights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows to send through a network.
///
/// @param weights the parameters, layer by layer; or else
/// @param seed draw them as a run with this seed would
/// @param inputs (n x inputs)
record ForwardRequest(
        @Nullable List<LayerWeights> weights, @Nullable Long seed, double[][] inputs) {

    ForwardRequest {
        Start.require(weights, seed);
    }

    Start start() {
        return new Start(weights, seed);
    }
}
