package dev.descent.training.checkpoint;

import dev.descent.core.lint.Linter;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Mark;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the service keeps at the head of a checkpoint's file, as JSON, beside what the core keeps of the run.
///
/// @param jobId the job that wrote it; a fork goes on from another's
/// @param attempt which attempt that was
/// @param tableSha256 of the table that the run is trained on
/// @param engine the version of the program that wrote it
/// @param step updates made
/// @param epoch epochs begun
/// @param round how often the run has begun again after it diverged
/// @param loss of the last epoch that ended: over the held-out rows, without such the training loss; null before that
/// @param seconds trained so far, over all attempts
/// @param recorded how much of each recorded file belongs to it
/// @param linter what has been found in the run; null in checkpoints of versions that did not look
public record Placement(
        String jobId,
        long attempt,
        String tableSha256,
        String engine,
        long step,
        long epoch,
        long round,
        @Nullable Double loss,
        double seconds,
        Map<Kind, Mark> recorded,
        Linter.@Nullable State linter) {

    /// Of a run that nobody looks at.
    public Placement(
            String jobId,
            long attempt,
            String tableSha256,
            String engine,
            long step,
            long epoch,
            long round,
            @Nullable Double loss,
            double seconds,
            Map<Kind, Mark> recorded) {
        this(jobId, attempt, tableSha256, engine, step, epoch, round, loss, seconds, recorded, null);
    }

    /// The same with other files.
    public Placement recording(Map<Kind, Mark> marks) {
        return new Placement(jobId, attempt, tableSha256, engine, step, epoch, round, loss, seconds, marks, linter);
    }
}
