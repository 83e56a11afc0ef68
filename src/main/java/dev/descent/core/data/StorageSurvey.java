package dev.descent.core.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Finds the narrowest storage of each column while its cells go by.
final class StorageSurvey {

    private final List<Storage> narrowest;

    StorageSurvey(int columns) {
        narrowest = new ArrayList<>(Collections.nCopies(columns, Storage.BYTE));
    }

    void add(int column, double cell) {
        Storage before = narrowest.get(column);
        if (!before.holds(cell)) {
            narrowest.set(column, before.with(cell));
        }
    }

    void row(double[] cells) {
        for (int i = 0; i < cells.length; i++) {
            add(i, cells[i]);
        }
    }

    List<Storage> narrowest() {
        return List.copyOf(narrowest);
    }
}
