package dev.descent.core.data;

import java.util.ArrayList;
import java.util.List;

/// Flaws being collected while the rest of the text is read.
final class Flaws {

    private final List<Flaw> first = new ArrayList<>();
    private long total;

    void add(String code, String message, long line, int column) {
        if (++total <= InvalidTable.NAMED) {
            first.add(new Flaw(code, message, line, column));
        }
    }

    boolean isEmpty() {
        return total == 0;
    }

    void throwIfAny() {
        if (total > 0) {
            throw new InvalidTable(first, total);
        }
    }
}
