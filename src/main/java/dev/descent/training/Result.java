package dev.descent.training;

import dev.descent.model.WrittenModel;
import org.jspecify.annotations.Nullable;

/// What running a job has come to; with a model, whose file is durable, only when it succeeded.
record Result(Ending ending, @Nullable WrittenModel model) implements AutoCloseable {

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
