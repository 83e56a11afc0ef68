package dev.descent.core.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Warnings being collected: the first hundred, and how many more there were.
final class Warnings {

    private static final int KEPT = 100;

    private final List<Warning> kept;
    private long more;

    Warnings(List<Warning> before) {
        kept = new ArrayList<>(before);
    }

    void add(String code, String message, @Nullable String column) {
        if (kept.size() < KEPT) {
            kept.add(new Warning(code, message, column));
        } else {
            more++;
        }
    }

    List<Warning> list() {
        List<Warning> all = new ArrayList<>(kept);
        if (more > 0) {
            all.add(new Warning("more-warnings", more + " more warnings of these kinds", null));
        }
        return all;
    }
}
