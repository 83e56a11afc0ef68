package dev.descent.experiment;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// Running jobs leave no memory in which to draw the weights that the variants begin with.
final class NoMemoryForWeights extends Exhausted {

    private static final Duration SOON = Duration.ofSeconds(5);

    NoMemoryForWeights(long bytes, long limit) {
        super(
                "memory-in-use",
                "Memory in use",
                "to draw the weights that the variants begin with takes " + bytes
                        + " bytes, and running jobs leave less of the " + limit
                        + " that there are (descent.training.memory-limit)",
                SOON);
    }
}
