package dev.descent.model;

import dev.descent.core.data.Heading;
import dev.descent.fault.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with the rows of a request; the first [#MOST] are kept, so that one answer can tell many.
final class Complaints {

    private static final int MOST = 20;
    private static final int MOST_ALLOWED = 100;
    private static final int MOST_SHOWN = 80;

    private final List<Violation> violations = new ArrayList<>();
    private boolean malformed;
    private @Nullable Long line;
    private @Nullable Integer column;

    /// Where a text is being read, counted from 1; the complaints that follow are about this place, null for anywhere.
    void at(@Nullable Long newLine, @Nullable Integer newColumn) {
        line = newLine;
        column = newColumn;
    }

    boolean full() {
        return violations.size() == MOST;
    }

    void throwIfAny() {
        if (malformed) {
            throw new RowsMalformed(violations);
        }
        if (!violations.isEmpty()) {
            throw new RowsRefused(violations);
        }
    }

    /// The value is not of the kind that its place takes.
    void wrongType(String pointer, String message) {
        malformed(pointer, "wrong-type", message);
    }

    void malformed(String pointer, String code, String message) {
        malformed = true;
        refused(pointer, code, message, null, List.of());
    }

    void unknownColumn(String pointer, String name, List<String> names) {
        String message = "the model has no column " + abridged(name) + "; it has " + String.join(", ", names);
        refused(pointer, "unknown-column", message, null, names);
    }

    void missingColumn(String pointer, String name) {
        refused(pointer, "missing-column", "there is no value for column " + name, null, List.of());
    }

    void missingValue(String pointer, Heading heading) {
        String message = "column " + heading.name() + " must have a value";
        refused(pointer, "required", message, null, List.of());
    }

    void notFinite(String pointer, Heading heading, String found) {
        String message = "column " + heading.name() + " must be a finite number";
        refused(pointer, "non-finite", message, abridged(found), List.of());
    }

    void unseenCategory(String pointer, Heading heading, String found) {
        String message = "column " + heading.name() + " had no category " + abridged(found) + " in training";
        List<String> allowed = heading.categories().stream().limit(MOST_ALLOWED).toList();
        refused(pointer, "unseen-category", message, abridged(found), allowed);
    }

    void refused(String pointer, String code, String message, @Nullable Object value, List<String> allowed) {
        if (!full()) {
            violations.add(new Violation(pointer, code, message, value, allowed, line, column));
        }
    }

    static String abridged(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
