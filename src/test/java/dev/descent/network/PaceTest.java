package dev.descent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Analysis;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The estimate beside the clock.
class PaceTest {

    private static final Initializer NORMAL = new Initializer.Normal(0, 0.1);

    /// Both in this run; others on the machine may slow down either.
    @Test
    void stepsTakeAboutAsLongAsEstimated() {
        Pace pace = Pace.measure(System::nanoTime);
        for (NetworkSpec spec : List.of(spec(64, 64, 10), spec(784, 100, 10), spec(20, 200, 5))) {
            double estimated =
                    EstimatedSeconds.of(Analysis.of(spec), pace, 100, null, 1).step();
            double measured = measured(spec, 100);
            assertThat(estimated / measured).isBetween(1.0 / 8, 8.0);
        }
    }

    private static NetworkSpec spec(int inputs, int units, int outputs) {
        return new NetworkSpec(
                inputs,
                List.of(
                        new LayerSpec.Dense(units, new Activation.Tanh(), true, NORMAL, NORMAL),
                        new LayerSpec.Dense(outputs, new Activation.Identity(), true, NORMAL, NORMAL)));
    }

    private static double measured(NetworkSpec spec, int rows) {
        try (Network network = Network.create(spec, Precision.FLOAT64, rows, 1)) {
            NumpyRandom random = new NumpyRandom(0);
            network.initialize(random);
            Matrix x = Matrix.create(Precision.FLOAT64, rows, spec.inputs());
            NORMAL.fill(x, 1, 1, random);
            double least = Double.MAX_VALUE;
            for (int pass = 0; pass < 200; pass++) {
                long begun = System.nanoTime();
                network.outputGradient().copy(network.forward(x));
                network.backward();
                least = Math.min(least, (System.nanoTime() - begun) * 1e-9);
            }
            return least;
        }
    }
}
