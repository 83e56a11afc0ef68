package dev.descent.experiment;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.train.Batches;
import dev.descent.core.train.TrainingSpec;
import dev.descent.experiment.Paired.Likeness;
import dev.descent.training.plan.TrainingRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What keeps the variants of an experiment comparable, and what is the same in them.
final class Pairing {

    private Pairing() {}

    /// Whether the stream of the seed would hand out the batches of the variants in different orders, because something
    /// else takes more from it in one variant than in another. Networks are described in them.
    static boolean needsBatchSeed(List<TrainingRequest> variants) {
        if (variants.stream().allMatch(variant -> variant.batches() instanceof Batches.Full)) {
            return false;
        }
        boolean masked = variants.stream().anyMatch(variant -> drops(variant.network()));
        return count(variants, TrainingRequest::seed) > 1
                || count(variants, TrainingRequest::network) > 1
                || count(variants, variant -> variant.initialWeights() == null) > 1
                || masked && count(variants, TrainingRequest::batches) > 1;
    }

    /// The number beside `seed`: two streams of one number would draw the weights and the first order from the same
    /// words.
    static long batchSeed(long seed) {
        return seed == TrainingSpec.MAXIMUM_SEED ? 0 : seed + 1;
    }

    static Paired of(List<TrainingSpec> variants, List<String> digests) {
        boolean sameWeights = digests.stream().distinct().count() == 1;
        Likeness order = order(variants);
        return new Paired(
                weights(variants, sameWeights),
                sameWeights ? digests.getFirst() : null,
                order,
                variants.getFirst().batchSeed(),
                variants.stream().anyMatch(variant -> drops(variant.network())) ? masks(variants, order) : null);
    }

    private static Likeness weights(List<TrainingSpec> variants, boolean same) {
        if (same) {
            return new Likeness(true, "every variant begins with the same bits");
        }
        if (count(variants, variant -> variant.network().layers()) > 1) {
            return new Likeness(false, "networks or initializers differ");
        }
        if (variants.stream().anyMatch(variant -> variant.initialWeights() != null)) {
            return new Likeness(false, "initialWeights differ");
        }
        return count(variants, TrainingSpec::seed) > 1
                ? new Likeness(false, "seeds differ")
                : new Likeness(false, "the same numbers are drawn, and float32 rounds them");
    }

    private static Likeness order(List<TrainingSpec> variants) {
        List<Batches> regimes =
                variants.stream().map(TrainingSpec::batches).distinct().toList();
        Batches first = regimes.getFirst();
        boolean own = variants.getFirst().batchSeed() != null;
        String stream = own ? "the stream of batchSeed" : "the stream of seed";
        if (regimes.size() == 1) {
            return new Likeness(
                    true,
                    first instanceof Batches.Full
                            ? "every step sees every row"
                            : "every step sees the same rows, which " + stream + " draws");
        }
        if (regimes.stream().allMatch(Batches.Shuffled.class::isInstance)) {
            return new Likeness(
                    false,
                    "an epoch is the same permutation of the rows in every variant, cut into batches of other sizes: "
                            + "steps of the same number see other rows");
        }
        if (regimes.stream().allMatch(Batches.Sampled.class::isInstance)) {
            return new Likeness(
                    false,
                    "the rows are drawn in the same order in every variant, in batches of other sizes: steps of the same "
                            + "number see other rows");
        }
        return new Likeness(
                false,
                regimes.stream()
                                .map(regime -> regime.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + " batches have no common order; variants of the same regime and size see the same rows");
    }

    private static Likeness masks(List<TrainingSpec> variants, Likeness order) {
        return order.same()
                        && count(variants, TrainingSpec::network) == 1
                        && count(variants, TrainingSpec::seed) == 1
                        && count(variants, variant -> variant.initialWeights() == null) == 1
                ? new Likeness(true, "the stream of seed draws the same masks in every variant")
                : new Likeness(
                        false,
                        "the stream of seed draws the weights first, and as many numbers a step as a batch has units");
    }

    private interface Part<T> {
        @Nullable
        Object of(T variant);
    }

    private static <T> long count(List<T> variants, Part<T> part) {
        return variants.stream()
                .map(variant -> Optional.ofNullable(part.of(variant)))
                .distinct()
                .count();
    }

    private static boolean drops(@Nullable NetworkSpec network) {
        return network != null
                && network.placedLayers().stream().anyMatch(placed -> placed.layer() instanceof LayerSpec.Dropout);
    }
}
