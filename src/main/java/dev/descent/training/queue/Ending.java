package dev.descent.training.queue;

import dev.descent.core.train.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state that a job comes to, why, and what a reader of the job should know about it.
public record Ending(
        JobState state, @Nullable Reason reason, @Nullable String message) {

    public static final Ending COMPLETED = new Ending(JobState.SUCCEEDED, Reason.COMPLETED, null);
    public static final Ending CANCELLING = new Ending(JobState.CANCELLING, Reason.USER, null);
    public static final Ending CANCELLED = new Ending(JobState.CANCELLED, Reason.USER, null);
    public static final Ending GIVEN_BACK = new Ending(JobState.QUEUED, null, null);

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
        return new Ending(JobState.SUCCEEDED, reason, facts.isEmpty() ? null : String.join(" ", facts));
    }

    public static Ending failed(Reason reason, String message) {
        return new Ending(JobState.FAILED, reason, message);
    }
}
