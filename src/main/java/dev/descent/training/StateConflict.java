package dev.descent.training;

import dev.descent.fault.Conflict;

/// What was asked is impossible in the state that the job is in.
final class StateConflict extends Conflict {

    StateConflict(String message) {
        super("state-conflict", "State conflict", message);
    }
}
