package dev.descent.training.queue;

import dev.descent.fault.Conflict;

/// What was asked is impossible in the state that the job is in.
public final class StateConflict extends Conflict {

    public StateConflict(String message) {
        super("state-conflict", "State conflict", message);
    }
}
