package dev.descent.core.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Finds hidden layers half of whose units are where their activation is flat (a slope below a hundredth of its
/// largest) on at least 95 % of the rows.
final class SaturatedUnits implements Check {

    private static final double ROWS = 0.95;

    @Override
    public void check(Observation seen, Consumer<Diagnostic> found) {
        for (LayerView layer : seen.layers()) {
            List<Integer> flat = new ArrayList<>();
            for (int unit = 0; unit < layer.units(); unit++) {
                if (layer.saturated()[unit] >= ROWS * seen.rows()) {
                    flat.add(unit);
                }
            }
            if (layer.hidden() && !flat.isEmpty() && 2 * flat.size() >= layer.units()) {
                found.accept(new Diagnostic(
                        Rule.SATURATED_UNITS,
                        Severity.WARNING,
                        seen.step(),
                        layer.place().index(),
                        new Evidence()
                                .with("units", flat.subList(0, Math.min(100, flat.size())))
                                .with("saturatedUnits", flat.size())
                                .with("unitsOfLayer", layer.units())
                                .with("rowsSeen", seen.rows())
                                .found(),
                        flat.size() + " of " + layer.units() + " units of layer "
                                + layer.place().index() + " are saturated on at least 95 % of " + seen.rows()
                                + " training rows: their slope there is below a hundredth of the largest, so their weights"
                                + " hardly move"));
            }
        }
    }
}
