package dev.descent.training.run;

import dev.descent.model.WrittenModel;
import dev.descent.training.queue.Ending;
import org.jspecify.annotations.Nullable;

/// What running a job has come to; with a model, whose file is durable, only when it succeeded.
public record Result(Ending ending, @Nullable WrittenModel model) implements AutoCloseable {

    static Result of(Ending ending) {
        return new Result(ending, null);
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
