package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import java.util.function.LongSupplier;

/// How fast one thread of this machine goes forward and back, in binary64.
///
/// @param perLayer seconds that a layer of a pass takes whatever its size
/// @param perMultiplyAdd seconds of a multiply-add in a large product
record Pace(double perLayer, double perMultiplyAdd) {

    private static final int PASSES = 100;
    private static final int LARGE_PASSES = 4;
    private static final int ROUNDS = 5;

    /// Measures a small network and a large one for a moment; `nanos` is a clock that only goes
    /// forward.
    static Pace measure(LongSupplier nanos) {
        NetworkSpec small = spec(2, 4, 1);
        NetworkSpec large = spec(128, 128, 128);
        double perLayer = seconds(small, 2, PASSES, nanos) / 2;
        double multiplyAdds = 128.0 * 5 * 128 * 128;
        double perMultiplyAdd = Math.max(0, seconds(large, 128, LARGE_PASSES, nanos) - 2 * perLayer) / multiplyAdds;
        return new Pace(perLayer, perMultiplyAdd);
    }

    private static NetworkSpec spec(int inputs, int units, int outputs) {
        Initializer normal = new Initializer.Normal(0, 0.1);
        return new NetworkSpec(
                inputs,
                List.of(
                        new LayerSpec.Dense(units, new Activation.Relu(), true, normal, normal),
                        new LayerSpec.Dense(outputs, new Activation.Identity(), true, normal, normal)));
    }

    /// Of one pass forward and back: the least of several rounds, which others on the machine disturbed
    /// least.
    private static double seconds(NetworkSpec spec, int rows, int passes, LongSupplier nanos) {
        NumpyRandom random = new NumpyRandom(0);
        try (Network network = Network.create(spec, Precision.FLOAT64, rows, 1)) {
            network.initialize(random);
            Matrix x = Matrix.create(Precision.FLOAT64, rows, spec.inputs());
            new Initializer.Normal(0, 1).fill(x, 1, 1, random);
            double least = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long begun = nanos.getAsLong();
                for (int pass = 0; pass < passes; pass++) {
                    network.outputGradient().copy(network.forward(x));
                    network.backward();
                }
                least = Math.min(least, (nanos.getAsLong() - begun) * 1e-9 / passes);
            }
            return least;
        }
    }
}
