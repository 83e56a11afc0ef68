package dev.descent.core.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds inputs of a size that initializers and learning rates are not made for: they expect about 1.
public final class UnscaledInputs {

    private static final double LARGE = 30;
    private static final double SMALL = 1e-3;
    private static final int MOST_NAMED = 5;

    private UnscaledInputs() {}

    /// An input as the network gets it.
    public record Spread(String name, double mean, double standardDeviation) {

        /// The root of the mean square.
        double size() {
            return StrictMath.hypot(mean, standardDeviation);
        }
    }

    /// What is odd about these inputs, of which constant ones count like others.
    public static Optional<Diagnostic> judge(List<Spread> inputs) {
        List<Spread> large = inputs.stream()
                .filter(one -> one.size() > LARGE)
                .sorted(Comparator.comparingDouble(Spread::size).reversed())
                .toList();
        if (!large.isEmpty()) {
            return Optional.of(diagnostic(
                    large,
                    Evidence.format(
                            " of %d inputs are large (root mean square above %.0f): the first layer starts saturated or"
                                    + " with huge gradients, and one learning rate cannot suit all weights",
                            inputs.size(), LARGE)));
        }
        List<Spread> varying =
                inputs.stream().filter(one -> one.standardDeviation() > 0).toList();
        if (!varying.isEmpty() && varying.stream().allMatch(one -> one.size() < SMALL)) {
            return Optional.of(diagnostic(
                    varying,
                    Evidence.format(
                            " of %d inputs are tiny (root mean square below %.0e): the network hardly sees them",
                            inputs.size(), SMALL)));
        }
        return Optional.empty();
    }

    private static Diagnostic diagnostic(List<Spread> odd, String message) {
        List<Spread> named = odd.subList(0, Math.min(MOST_NAMED, odd.size()));
        List<String> names = named.stream().map(Spread::name).toList();
        List<Double> sizes = new ArrayList<>();
        named.forEach(one -> sizes.add(Double.isFinite(one.size()) ? one.size() : Double.MAX_VALUE));
        return new Diagnostic(
                Rule.UNSCALED_INPUTS,
                Severity.WARNING,
                0,
                null,
                new Evidence()
                        .with("inputs", names)
                        .with("rootMeanSquare", sizes)
                        .with("oddInputs", odd.size())
                        .found(),
                odd.size() + message + " (" + String.join(", ", names) + (odd.size() > named.size() ? ", ..." : "")
                        + ")");
    }
}
