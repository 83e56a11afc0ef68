package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.Require;

/// One layer of a network, described.
public sealed interface LayerSpec {

    int MAXIMUM_UNITS = 1_000_000_000;

    /// `a = activation(x W^T + b)`, W (units x inputs), b (units) unless `bias` is false.
    record Dense(
            int units,
            @Default("identity") Activation activation,
            @Default("true") boolean bias,
            @Default("glorotUniform") Initializer weightInitializer,
            @Default("zeros") Initializer biasInitializer)
            implements LayerSpec {
        public Dense {
            Require.between("units", units, 1, MAXIMUM_UNITS);
        }
    }
}
