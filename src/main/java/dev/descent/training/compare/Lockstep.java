package dev.descent.training.compare;

import dev.descent.core.train.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Two runs side by side, one update of each at a time, until their weights part.
final class Lockstep {

    private final List<String> jobIds;
    private final Run first;
    private final Run second;
    private final long common;

    Lockstep(List<String> jobIds, Run first, Run second) {
        this.jobIds = jobIds;
        this.first = first;
        this.second = second;
        this.common = first.made();
    }

    /// @param most how many updates to make at most
    /// @param goesOn asked every step; false ends the search
    Parting search(long most, BooleanSupplier goesOn) throws IOException {
        if (!FirstDifference.isPossible(first.network(), second.network())) {
            return Parting.without(
                    jobIds, "differentShapes", "the networks have layers of different shapes: no weights to compare");
        }
        FirstDifference found = FirstDifference.between(first.network(), second.network());
        if (found != null) {
            return parted(0, found);
        }
        for (long taken = 0; taken < most; taken++) {
            if (!goesOn.getAsBoolean()) {
                return ended("timeLimit", "the time for the search was over", taken);
            }
            Outcome one = first.advance();
            Outcome other = second.advance();
            if (one != null && other != null) {
                return ended("same", "both runs end, with the same weights at every step", taken);
            }
            if (one != null || other != null) {
                Outcome end = Objects.requireNonNull(one != null ? one : other);
                String which = one != null ? "first" : "second";
                String message = taken == 0 && common > 0
                        ? "the " + which + " run ends where the fork begins: the other has all of its steps"
                        : "the " + which + " run ends, "
                                + end.end().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + ", with the weights that the other had";
                return ended("ended", message, taken);
            }
            found = FirstDifference.between(first.network(), second.network());
            if (found != null || first.made() != second.made() || first.round() != second.round()) {
                return parted(taken + 1, found);
            }
        }
        return ended("stepLimit", "no weights differ in the first " + most + " steps", most);
    }

    private Parting parted(long searched, @Nullable FirstDifference found) {
        long step = first.made();
        boolean together = first.made() == second.made() && first.round() == second.round();
        String message = together
                ? step == 0
                        ? "the initial weights differ"
                        : "the update of step " + (step - 1) + " sets the weights apart"
                : "one of the runs diverges and begins again, the other goes on";
        return new Parting(
                jobIds,
                "parted",
                message,
                step,
                step == 0 ? null : step - 1,
                first.round(),
                common,
                searched,
                found,
                List.of(),
                List.of());
    }

    private Parting ended(String outcome, String message, long searched) {
        return new Parting(
                jobIds, outcome, message, null, null, first.round(), common, searched, null, List.of(), List.of());
    }
}
