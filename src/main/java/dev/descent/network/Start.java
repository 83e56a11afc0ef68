package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.random.NumpyRandom;
import dev.descent.core.train.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a network's parameters come from: given, or drawn with a seed.
record Start(@Nullable List<LayerWeights> weights, @Nullable Long seed) {

    /// Refuses both and neither.
    static void require(@Nullable List<LayerWeights> weights, @Nullable Long seed) {
        if (weights == null && seed == null) {
            throw new InvalidSpec("/weights", "required", "give weights, or a seed to draw them with");
        }
        if (weights != null && seed != null) {
            throw new InvalidSpec("/seed", "one-of-two", "give weights or a seed, not both", seed);
        }
        if (seed != null) {
            Require.between("seed", seed, 0, TrainingSpec.MAXIMUM_SEED);
        }
    }

    /// A network with these parameters and room for `rows` rows; drawn ones are drawn from `random`.
    Network network(NetworkSpec spec, int rows, NumpyRandom random) {
        requireFit(spec);
        Network network = Network.create(spec, Precision.FLOAT64, rows, 1);
        if (weights != null) {
            network.load(weights);
        } else {
            network.initialize(random);
        }
        return network;
    }

    /// The stream of the seed; of 0 where the parameters were given.
    NumpyRandom random() {
        return new NumpyRandom(seed == null ? 0 : seed);
    }

    private void requireFit(NetworkSpec spec) {
        if (weights != null) {
            try {
                LayerWeights.requireFit(spec, weights);
            } catch (InvalidSpec invalid) {
                throw new BatchRefused(invalid.within("/weights"));
            }
        }
    }
}
