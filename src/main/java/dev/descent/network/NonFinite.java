package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the names of matrices with an entry that JSON has no number for.
final class NonFinite {

    private final List<String> names = new ArrayList<>();

    NonFinite see(String name, @Nullable Matrix matrix) {
        if (matrix != null && !matrix.isFinite()) {
            names.add(name);
        }
        return this;
    }

    /// Null where every entry seen is finite.
    @Nullable
    String reason() {
        return names.isEmpty() ? null : "not finite, written as null: entries of " + String.join(", ", names);
    }
}
