package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Analysis;
import dev.descent.core.nn.NetworkSpec;

/// How much a request may ask for.
final class Effort {

    /// Numbers in one answer; a million are about 20 MB of JSON.
    static final long MAXIMUM_NUMBERS = 1_000_000;

    /// Operations of one gradient check: a few seconds of one thread.
    static final long MAXIMUM_CHECK = 1_000_000_000;

    /// Operations of one of the passes that a search for mistakes makes: a few seconds of one thread in
    /// all.
    static final long MAXIMUM_SEARCH = 3_000_000;

    /// Operations that an activation function is taken for; the slowest cost about as many
    /// multiply-adds.
    private static final long ACTIVATION = 20;

    private Effort() {}

    /// Refuses an answer with more numbers than that: `perRow` for each row, `perParameter` for each
    /// parameter.
    static void requireAnswerable(long rows, long perRow, long parameters, int perParameter) {
        long numbers = rows * perRow + parameters * perParameter;
        if (numbers > MAXIMUM_NUMBERS) {
            throw new BatchRefused(new InvalidSpec(
                    "/inputs",
                    "answer-too-large",
                    "the answer would hold " + numbers + " numbers, " + perRow + " for each row and " + perParameter
                            + " for each parameter; it may hold " + MAXIMUM_NUMBERS,
                    rows));
        }
    }

    /// Refuses a check whose two forward passes for each parameter take too long.
    static void requireCheckable(NetworkSpec network, long rows) {
        long parameters = network.parameters();
        long pass = Analysis.of(network).multiplyAdds().forward() + ACTIVATION * numbersPerRow(network, 0, 1);
        double operations = 2.0 * parameters * rows * pass;
        if (operations > MAXIMUM_CHECK) {
            throw new BatchRefused(new InvalidSpec(
                    "/check",
                    "check-too-long",
                    "the check would take " + (long) operations + " operations: two forward passes over " + rows
                            + " rows for each of " + parameters + " parameters; it may take " + MAXIMUM_CHECK));
        }
    }

    /// Refuses a search for mistakes whose hundreds of passes take too long.
    static void requireSearchable(NetworkSpec network, long rows) {
        double pass = (double) rows * (network.parameters() + numbersPerRow(network, 1, 1));
        if (pass > MAXIMUM_SEARCH) {
            throw new BatchRefused(new InvalidSpec(
                    "/inputs",
                    "search-too-long",
                    "one pass takes " + (long) pass + " operations, " + rows + " rows through " + network.parameters()
                            + " parameters, and looking for mistakes takes hundreds; it may take " + MAXIMUM_SEARCH
                            + ": fewer rows show the same mistakes",
                    rows));
        }
    }

    /// Numbers that a row has in every layer: `perInput` for each of its inputs and `perUnit` for each
    /// of its units.
    static long numbersPerRow(NetworkSpec network, int perInput, int perUnit) {
        return network.placedLayers().stream()
                .mapToLong(layer -> (long) perInput * layer.inputs() + (long) perUnit * layer.units())
                .sum();
    }
}
