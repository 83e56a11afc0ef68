package dev.descent.lesson;

import dev.descent.fault.Conflict;

/// The run is not one that answers can be computed of.
final class NoAnswersYet extends Conflict {

    NoAnswersYet(String why) {
        super("no-answers-yet", "No answers yet", why);
    }
}
