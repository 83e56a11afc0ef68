package dev.descent.core.lint;

import dev.descent.core.nn.LayerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Compares the deltas of the first dense layer with those of the last: whether they vanish or explode on the way back.
final class GradientFlow implements Check {

    private static final double VANISHING = 1e-4;
    private static final double EXPLODING = 1e3;

    @Override
    public void check(Observation seen, Consumer<Diagnostic> found) {
        List<LayerView> dense = seen.layers().stream()
                .filter(layer -> layer.place().layer() instanceof LayerSpec.Dense)
                .toList();
        if (dense.size() < 2) {
            return;
        }
        Double first = dense.getFirst().delta();
        Double last = dense.getLast().delta();
        if (first == null || last == null || !(first > 0) || !(last > 0)) {
            return;
        }
        double ratio = first / last;
        if (ratio < VANISHING) {
            found.accept(diagnostic(Rule.VANISHING_GRADIENTS, seen, dense, ratio, "shrinks"));
        } else if (ratio > EXPLODING) {
            found.accept(diagnostic(Rule.EXPLODING_GRADIENTS, seen, dense, ratio, "grows"));
        }
    }

    private static Diagnostic diagnostic(
            Rule rule, Observation seen, List<LayerView> dense, double ratio, String what) {
        int first = dense.getFirst().place().index();
        int last = dense.getLast().place().index();
        List<Integer> layers = new ArrayList<>();
        List<Double> deltas = new ArrayList<>();
        for (LayerView layer : dense) {
            if (layer.delta() != null && Double.isFinite(layer.delta())) {
                layers.add(layer.place().index());
                deltas.add(layer.delta());
            }
        }
        return new Diagnostic(
                rule,
                Severity.WARNING,
                seen.step(),
                first,
                new Evidence()
                        .with("layers", layers)
                        .with("rootMeanSquareDelta", deltas)
                        .with("ratio", ratio)
                        .found(),
                Evidence.format(
                        "what comes back to layer %d (dJ/dz, root mean square) %s to %.2g of what layer %d has",
                        first, what, ratio, last));
    }
}
