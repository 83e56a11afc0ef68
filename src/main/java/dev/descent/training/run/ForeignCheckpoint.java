package dev.descent.training.run;

import dev.descent.core.InvalidSpec;
import java.util.Objects;

/// A checkpoint is whole, but of a run whose spec reads differently, as one does that another version of Descent wrote.
/// Going on from it would not end with the bits of one run.
final class ForeignCheckpoint extends RuntimeException {

    ForeignCheckpoint(long step, InvalidSpec differs) {
        super(
                "The job cannot go on from its checkpoint at step " + step
                        + ", which another version of Descent may have written: " + differs.message()
                        + ". A retry begins where the job began.",
                differs);
    }

    String message() {
        return Objects.requireNonNull(getMessage());
    }
}
