package dev.descent.training.run;

import dev.descent.training.queue.RunningJob;
import java.nio.file.Path;

/// Trains one job from its start to its end.
@FunctionalInterface
public interface Attempt {

    /// Runs on the calling thread until the job is done or is told to stop; records into `directory`, which it makes.
    Result run(RunningJob job, Path directory) throws Exception;
}
