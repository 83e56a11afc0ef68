package dev.descent.experiment;

import dev.descent.fault.Refused;
import java.util.List;
import java.util.Locale;

/// What a loss surface takes, and how much it may.
///
/// @param through whose objective is measured
record SurfaceCost(SurfaceRequest request, Walker through, List<Walker> walkers) {

    /// A minute or a few on one core.
    private static final double MOST_MULTIPLICATIONS = 1e12;

    /// Nobody can stop these.
    private static final double MOST_FOR_THE_PLANE = 5e10;

    private static final long MOST_UPDATES = 20_000_000;

    /// Refuses, with the numbers, what takes too long.
    void requireAffordable() {
        long updates = walkers.stream().mapToLong(Walker::made).sum();
        if (updates > MOST_UPDATES) {
            throw refused(
                    "",
                    "to follow the runs, " + updates + " steps have to be taken again; at most " + MOST_UPDATES
                            + " are",
                    updates);
        }
        double weights = through.spec().network().parameters();
        double sampled = sampled();
        double plane = weights * sampled * sampled / 2;
        if (plane > MOST_FOR_THE_PLANE) {
            throw refused(
                    "?steps",
                    String.format(
                            Locale.ROOT,
                            "to lay the plane takes %.2g multiplications; at most %.2g are made: ask for fewer steps",
                            plane,
                            MOST_FOR_THE_PLANE),
                    plane);
        }
        double following = walkers.stream()
                .mapToDouble(walker -> following(walker, weights))
                .sum();
        double measuring =
                weights * through.plan().trainingRows() * ((double) request.points() * request.points() + sampled);
        if (following + measuring > MOST_MULTIPLICATIONS) {
            throw refused(
                    "?points",
                    String.format(
                            Locale.ROOT,
                            "this takes %.2g multiplications to follow the runs and %.2g for the losses; at most %.2g are"
                                    + " made: ask for fewer points or steps",
                            following,
                            measuring,
                            MOST_MULTIPLICATIONS),
                    following + measuring);
        }
    }

    /// Forward, backward, and the gradient of the weights.
    private static double following(Walker walker, double weights) {
        int rows = (int) walker.plan().trainingRows();
        return 3 * weights * walker.made() * walker.spec().trainingSpec().batchSize(rows);
    }

    private long sampled() {
        return walkers.stream()
                .mapToLong(walker -> walker.steps(request.steps()).length)
                .sum();
    }

    /// Bytes of the weights of all paths, their deviations and products with one another, and of two runs: one that is
    /// followed, one that is measured. Refuses, with the numbers, more than `limit`.
    long bytes(long limit) {
        long sampled = sampled();
        long vectors = sampled * (2 * through.spec().network().storedNumbers() + sampled) * Double.BYTES;
        long run = walkers.stream()
                .mapToLong(walker -> walker.plan().memoryBytes())
                .max()
                .orElse(0);
        long bytes = vectors + run + through.plan().memoryBytes();
        if (bytes > limit) {
            throw refused(
                    "?steps",
                    "this takes " + bytes + " bytes of memory, " + vectors + " of them for the weights along the paths;"
                            + " there are " + limit + " (descent.training.memory-limit): ask for fewer steps",
                    bytes);
        }
        return bytes;
    }

    private static Refused refused(String pointer, String message, Number value) {
        return SurfaceRequest.refused(pointer, "surface-exceeds-capacity", message, value, List.of());
    }
}
