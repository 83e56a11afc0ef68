package dev.descent.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Flaws being collected while the rest of the text is read, which ends when there are very many.
final class Flaws {

    private final List<Flaw> first = new ArrayList<>();
    private long total;

    void add(String code, String message, long line, int column) {
        add(code, () -> message, line, column);
    }

    /// Asks for the message of the first ones only.
    void add(String code, Supplier<String> message, long line, int column) {
        add(() -> new Flaw(code, message.get(), line, column));
    }

    /// Asks for the first ones only.
    void add(Supplier<Flaw> flaw) {
        if (++total <= InvalidTable.NAMED) {
            first.add(flaw.get());
        }
        if (total == InvalidTable.COUNTED) {
            throwIfAny();
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
