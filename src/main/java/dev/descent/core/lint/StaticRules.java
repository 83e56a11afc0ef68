package dev.descent.core.lint;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkWarning;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What can be said of a run before its first step.
final class StaticRules {

    private StaticRules() {}

    static void judge(TrainingSpec spec, Sample sample, Consumer<Diagnostic> found) {
        for (NetworkWarning warning : NetworkWarning.of(spec.network())) {
            ofNetwork(spec, warning, found);
        }
        scale(sample).ifPresent(found);
        targets(spec, sample).ifPresent(found);
        leak(spec.loss(), sample).ifPresent(found);
    }

    /// Equal units may part with their first gradients: that is told as a warning when it is seen not to happen.
    private static void ofNetwork(TrainingSpec spec, NetworkWarning warning, Consumer<Diagnostic> found) {
        switch (warning.code()) {
            case "symmetric-start" -> {
                if (spec.initialWeights() == null) {
                    found.accept(of(spec, Rule.IDENTICAL_UNITS, Severity.INFO, warning));
                }
            }
            case "softmax-output" -> found.accept(of(spec, Rule.LOSS_OUTPUT_MISMATCH, Severity.INFO, warning));
            case "dropout-before-normalization" ->
                found.accept(of(spec, Rule.DROPOUT_BEFORE_NORMALIZATION, Severity.WARNING, warning));
            default -> {}
        }
    }

    private static Diagnostic of(TrainingSpec spec, Rule rule, Severity severity, NetworkWarning warning) {
        PlacedLayer place = place(spec, warning.pointer());
        var evidence = new Evidence().with("pointer", "/network" + warning.pointer());
        if (place != null && place.layer() instanceof LayerSpec.Dense dense && rule == Rule.IDENTICAL_UNITS) {
            evidence.with("unitsOfLayer", dense.units());
        }
        return new Diagnostic(
                rule, severity, 0, place == null ? null : place.index(), evidence.found(), warning.message());
    }

    /// The innermost layer that the pointer leads into.
    private static @Nullable PlacedLayer place(TrainingSpec spec, String pointer) {
        PlacedLayer found = null;
        for (PlacedLayer place : spec.network().placedLayers()) {
            boolean inside = pointer.equals(place.pointer()) || pointer.startsWith(place.pointer() + "/");
            if (inside
                    && (found == null
                            || place.pointer().length() > found.pointer().length())) {
                found = place;
            }
        }
        return found;
    }

    private static Optional<Diagnostic> scale(Sample sample) {
        List<UnscaledInputs.Spread> spreads = new ArrayList<>();
        for (int j = 0; j < sample.inputNames().size(); j++) {
            double[] cells = sample.input(j);
            double mean = 0;
            for (double cell : cells) {
                mean += cell / cells.length;
            }
            double squares = 0;
            for (double cell : cells) {
                squares += (cell - mean) * (cell - mean);
            }
            spreads.add(new UnscaledInputs.Spread(
                    sample.inputNames().get(j), mean, Math.sqrt(squares / Math.max(1, cells.length - 1))));
        }
        return UnscaledInputs.judge(spreads);
    }

    private static Optional<Diagnostic> targets(TrainingSpec spec, Sample sample) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < sample.targetColumns(); t++) {
            for (double cell : sample.target(t)) {
                least = Math.min(least, cell);
                largest = Math.max(largest, cell);
            }
        }
        return UnreachableTargets.judge(
                spec.loss(),
                spec.network().outputActivation(),
                spec.network().placedLayers().size() - 1,
                least,
                largest);
    }

    private static Optional<Diagnostic> leak(Loss loss, Sample sample) {
        List<TargetLeak.Feature> features = new ArrayList<>();
        for (int j = 0; j < sample.inputNames().size(); j++) {
            features.add(new TargetLeak.Feature(sample.inputNames().get(j), sample.input(j)));
        }
        int columns = sample.targetColumns();
        if (columns > 1 && isOneHot(sample)) {
            return TargetLeak.judge(features, classes(sample), columns);
        }
        for (int t = 0; t < columns; t++) {
            Optional<Diagnostic> found = TargetLeak.judge(features, sample.target(t), 0);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isOneHot(Sample sample) {
        double[] sums = new double[sample.size()];
        for (int t = 0; t < sample.targetColumns(); t++) {
            double[] column = sample.target(t);
            for (int i = 0; i < column.length; i++) {
                if (column[i] != 0 && column[i] != 1) {
                    return false;
                }
                sums[i] += column[i];
            }
        }
        for (double sum : sums) {
            if (sum != 1) {
                return false;
            }
        }
        return true;
    }

    private static double[] classes(Sample sample) {
        double[] codes = new double[sample.size()];
        for (int t = 0; t < sample.targetColumns(); t++) {
            double[] column = sample.target(t);
            for (int i = 0; i < codes.length; i++) {
                codes[i] += column[i] * t;
            }
        }
        return codes;
    }
}
