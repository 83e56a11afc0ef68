package dev.descent.training.queue;

import dev.descent.core.train.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state that a job comes to, why, and what a reader of the job should know about it.
///
/// @param after how long a job that goes back to the queue has to wait there, because the machine failed it; else null
public record Ending(
        JobState state,
        @Nullable Reason reason,
        @Nullable String message,
        @Nullable Duration after) {

    public static final Ending COMPLETED = of(JobState.SUCCEEDED, Reason.COMPLETED);
    public static final Ending PAUSING = of(JobState.PAUSING, Reason.USER);
    public static final Ending PAUSED = of(JobState.PAUSED, Reason.USER);
    public static final Ending RESUMED = of(JobState.QUEUED, null);
    public static final Ending CANCELLING = of(JobState.CANCELLING, Reason.USER);
    public static final Ending CANCELLED = of(JobState.CANCELLED, Reason.USER);
    public static final Ending GIVEN_BACK = of(JobState.QUEUED, null);

    /// A run that ended as it should, having come to its length or stopped before.
    public static Ending succeeded(Outcome outcome) {
        Reason reason = outcome.end() == Outcome.End.EARLY_STOPPED ? Reason.EARLY_STOPPED : Reason.COMPLETED;
        List<String> facts = new ArrayList<>();
        if (reason == Reason.EARLY_STOPPED) {
            facts.add("Stopped after epoch " + outcome.epochs() + ", as earlyStopping asks.");
        }
        if (outcome.bestEpoch() != null) {
            facts.add("The weights are those of epoch " + (outcome.bestEpoch() + 1)
                    + ", whose validation loss was the least.");
        }
        if (outcome.restarts() > 0) {
            facts.add("It diverged " + outcome.restarts() + (outcome.restarts() == 1 ? " time" : " times")
                    + " and began again with a smaller learning rate, as onDivergence asks.");
        }
        return new Ending(JobState.SUCCEEDED, reason, facts.isEmpty() ? null : String.join(" ", facts), null);
    }

    public static Ending failed(Reason reason, String message) {
        return new Ending(JobState.FAILED, reason, message, null);
    }

    /// The machine failed the job, which is to be tried again.
    public static Ending retried(String message, Duration after) {
        return new Ending(JobState.QUEUED, Reason.INFRASTRUCTURE, message, after);
    }

    private static Ending of(JobState state, @Nullable Reason reason) {
        return new Ending(state, reason, null, null);
    }
}
