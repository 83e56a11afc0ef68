package dev.descent.core.lint;

import java.util.List;
import java.util.function.Consumer;

/// Finds units of a hidden layer whose weights are the same to the last bit after the run has begun.
final class IdenticalUnits implements Check {

    @Override
    public void check(Observation seen, Consumer<Diagnostic> found) {
        for (LayerView layer : seen.layers()) {
            if (layer.hidden() && !layer.equalUnits().isEmpty()) {
                List<List<Integer>> groups = layer.equalUnits();
                int alike = groups.stream().mapToInt(List::size).sum();
                int different = layer.units() - alike + groups.size();
                found.accept(new Diagnostic(
                        Rule.IDENTICAL_UNITS,
                        Severity.WARNING,
                        seen.step(),
                        layer.place().index(),
                        new Evidence()
                                .with("groups", groups.subList(0, Math.min(20, groups.size())))
                                .with("unitsOfLayer", layer.units())
                                .with("differentUnits", different)
                                .found(),
                        alike + " of " + layer.units() + " units of layer "
                                + layer.place().index() + " have the same weights as another one after "
                                + seen.step() + " steps: the layer works as one of " + different));
            }
        }
    }
}
