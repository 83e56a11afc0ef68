package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.optim.Optimizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run depends on besides its data; equal specs on equal data give equal bits.
///
/// The stream of `seed` first draws the weights in layer order, unless `initialWeights` gives them (then nothing is
/// drawn for them), then the batches. `threads` is how many threads share the work; it changes no bit.
/// `datasetLossEvery` asks for the objective over all training rows before every so many steps' update; 0 for never.
public record TrainingSpec(
        NetworkSpec network,
        @Nullable List<LayerWeights> initialWeights,
        Loss loss,
        Optimizer optimizer,
        Batches batches,
        Length length,
        Precision precision,
        long seed,
        int threads,
        long datasetLossEvery) {

    public static final long MAXIMUM_SEED = (1L << 53) - 1;
    public static final int MAXIMUM_THREADS = 64;

    public TrainingSpec {
        Require.between("seed", seed, 0, MAXIMUM_SEED);
        Require.between("threads", threads, 1, MAXIMUM_THREADS);
        Require.between("datasetLossEvery", datasetLossEvery, 0, Length.MAXIMUM_STEPS);
        requireLossFits(network, loss);
    }

    private static void requireLossFits(NetworkSpec network, Loss loss) {
        Activation last = network.outputActivation();
        boolean fits = switch (loss) {
            case Loss.SquaredError squared -> true;
            case Loss.BinaryCrossEntropy binary -> last instanceof Activation.Identity;
            case Loss.SoftmaxCrossEntropy softmax -> last instanceof Activation.Identity;
        };
        if (!fits) {
            throw new InvalidSpec(
                    "/loss",
                    "loss-activation-mismatch",
                    "cross-entropy works on the network's raw output (logits): give the last layer the activation identity",
                    last.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
