package dev.descent.core.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Finds rectifiers that are 0 on every row. A few are no harm; it is a warning when half of a layer is dead.
final class DeadUnits implements Check {

    @Override
    public void check(Observation seen, Consumer<Diagnostic> found) {
        for (LayerView layer : seen.layers()) {
            if (!layer.rectifies()) {
                continue;
            }
            List<Integer> dead = new ArrayList<>();
            for (int unit = 0; unit < layer.units(); unit++) {
                if (layer.active()[unit] == 0) {
                    dead.add(unit);
                }
            }
            if (!dead.isEmpty()) {
                found.accept(diagnostic(seen, layer, dead));
            }
        }
    }

    private static Diagnostic diagnostic(Observation seen, LayerView layer, List<Integer> dead) {
        int units = layer.units();
        Severity severity =
                dead.size() == units ? Severity.ERROR : 2 * dead.size() >= units ? Severity.WARNING : Severity.INFO;
        return new Diagnostic(
                Rule.DEAD_UNITS,
                severity,
                seen.step(),
                layer.place().index(),
                new Evidence()
                        .with("units", dead.subList(0, Math.min(100, dead.size())))
                        .with("deadUnits", dead.size())
                        .with("unitsOfLayer", units)
                        .with("rowsSeen", seen.rows())
                        .found(),
                dead.size() + " of " + units + " units of layer "
                        + layer.place().index()
                        + " give 0 on each of " + seen.rows() + " training rows: their gradient is 0, and they cannot"
                        + " come back by themselves");
    }
}
