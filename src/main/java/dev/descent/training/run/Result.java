package dev.descent.training.run;

import dev.descent.model.WrittenModel;
import dev.descent.training.checkpoint.WrittenCheckpoint;
import dev.descent.training.queue.Attempts;
import dev.descent.training.queue.Ending;
import org.jspecify.annotations.Nullable;

/// What running a job has come to. Files that it names are durable, rows that name them are still to come.
///
/// @param model only when it succeeded, and repeated no other job
/// @param checkpoint from where it goes on, or a fork of it
/// @param end what the run came to; null where it did not begin, or failed on something else than its numbers
public record Result(
        Ending ending,
        @Nullable WrittenModel model,
        @Nullable WrittenCheckpoint checkpoint,
        Attempts.@Nullable End end) implements AutoCloseable {

    static Result of(Ending ending) {
        return new Result(ending, null, null, null);
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
        if (checkpoint != null) {
            checkpoint.close();
        }
    }
}
