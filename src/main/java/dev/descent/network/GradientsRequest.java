package dev.descent.network;

import dev.descent.core.Default;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows to send through a network and back.
///
/// @param weights the parameters, layer by layer; or else
/// @param seed draw them as a run with this seed would
/// @param inputs (n x inputs)
/// @param targets (n x outputs); for classes one-hot
/// @param check whether to compare every gradient with a central difference
record GradientsRequest(
        @Nullable List<LayerWeights> weights,
        @Nullable Long seed,
        double[][] inputs,
        double[][] targets,
        Loss loss,
        @Default("false") boolean check) {

    GradientsRequest {
        Start.require(weights, seed);
    }

    Start start() {
        return new Start(weights, seed);
    }
}
