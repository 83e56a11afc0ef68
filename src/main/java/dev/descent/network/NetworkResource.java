package dev.descent.network;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.NetworkWarning;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A network as clients see it: every default filled in.
record NetworkResource(
        String id,
        @Nullable String name,
        int inputs,
        int outputs,
        List<LayerSpec> layers,
        @Schema(description = "Weights and biases") long parameters,
        List<NetworkWarning> warnings,
        Instant createdAt) {

    static NetworkResource from(SavedNetwork network) {
        NetworkSpec spec = network.spec();
        return new NetworkResource(
                network.id(),
                network.name(),
                spec.inputs(),
                spec.outputs(),
                spec.layers(),
                spec.parameters(),
                NetworkWarning.of(spec),
                network.createdAt());
    }
}
