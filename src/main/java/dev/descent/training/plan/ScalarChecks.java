package dev.descent.training.plan;

import dev.descent.core.Require;
import dev.descent.core.train.Length;
import org.jspecify.annotations.Nullable;

/// What can be said of a request's single values without looking at anything else.
final class ScalarChecks {

    private static final int LONGEST_NAME = 200;
    private static final long LONGEST_SECONDS = 366L * 24 * 60 * 60;

    private ScalarChecks() {}

    static void check(TrainingRequest request, Complaints complaints) {
        name(request.name(), complaints);
        length(request, complaints);
        targets(request, complaints);
        complaints.at("", () -> {
            Require.between("priority", request.priority(), -10, 10);
            return null;
        });
        Long limit = request.timeLimitSeconds();
        if (limit != null) {
            complaints.at("", () -> {
                Require.between("timeLimitSeconds", limit, 1, LONGEST_SECONDS);
                return null;
            });
        }
    }

    private static void name(@Nullable String name, Complaints complaints) {
        if (name == null) {
            return;
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            complaints.add(
                    "/name", "out-of-range", "a name has between 1 and " + LONGEST_NAME + " characters", name.length());
        } else if (name.chars().anyMatch(Character::isISOControl)) {
            complaints.add("/name", "control-character", "a name has no control characters", null);
        }
    }

    private static void targets(TrainingRequest request, Complaints complaints) {
        if ((request.target() == null) == (request.targets() == null)) {
            complaints.add(
                    request.target() == null ? "/target" : "/targets",
                    request.target() == null ? "required" : "ambiguous",
                    "give either target or targets",
                    null);
        }
    }

    private static void length(TrainingRequest request, Complaints complaints) {
        if ((request.epochs() == null) == (request.steps() == null)) {
            complaints.add(
                    request.epochs() == null ? "/epochs" : "/steps",
                    request.epochs() == null ? "required" : "ambiguous",
                    "give either epochs or steps",
                    null);
            return;
        }
        whole("epochs", request.epochs(), Length.MAXIMUM_EPOCHS, complaints);
        whole("steps", request.steps(), Length.MAXIMUM_STEPS, complaints);
    }

    private static void whole(String component, @Nullable Double value, long maximum, Complaints complaints) {
        if (value != null && !(value >= 1 && value <= maximum && value == StrictMath.rint(value))) {
            complaints.add(
                    "/" + component,
                    "out-of-range",
                    component + " must be a whole number between 1 and " + maximum,
                    Double.isFinite(value) ? value : null);
        }
    }
}
