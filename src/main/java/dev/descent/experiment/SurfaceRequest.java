package dev.descent.experiment;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a loss surface is wanted.
///
/// @param points of the grid along each axis
/// @param through the variant between whose ends the plane lies; null for the first that succeeded
/// @param margin what is shown beyond the paths, in parts of their extent
/// @param steps how many points each path has at most
record SurfaceRequest(int points, @Nullable String through, double margin, int steps) {

    private static final int MOST_POINTS = 201;
    private static final int MOST_STEPS = 200;
    private static final double LARGEST_MARGIN = 10;

    SurfaceRequest {
        require("points", points >= 2 && points <= MOST_POINTS, "between 2 and " + MOST_POINTS, points);
        require("steps", steps >= 2 && steps <= MOST_STEPS, "between 2 and " + MOST_STEPS, steps);
        require("margin", margin >= 0 && margin <= LARGEST_MARGIN, "between 0 and " + LARGEST_MARGIN, margin);
    }

    private static void require(String parameter, boolean holds, String wanted, Number value) {
        if (!holds) {
            Object shown = Double.isFinite(value.doubleValue()) ? value : value.toString();
            throw refused("?" + parameter, "out-of-range", parameter + " must be " + wanted, shown, List.of());
        }
    }

    static Refused refused(String pointer, String code, String message, Object value, List<String> allowed) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value, allowed, null, null)));
    }
}
