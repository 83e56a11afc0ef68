package dev.descent.training.plan;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// The job needs more memory than all jobs together may take.
final class JobExceedsCapacity extends Refused {

    JobExceedsCapacity(long required, long limit) {
        super(
                "job-exceeds-capacity",
                "Job exceeds capacity",
                message(required, limit),
                List.of(new Violation("", "job-exceeds-capacity", message(required, limit), required)));
    }

    private static String message(long required, long limit) {
        return "the job needs " + required + " bytes of memory; the limit is " + limit
                + " (descent.training.memory-limit)";
    }
}
