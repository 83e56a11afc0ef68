package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.matrix;
import static dev.descent.conformance.ReferenceNumbers.vector;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.LayerWeights;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Numbers of one kind while they are compared with the reference's.
final class Numbers {

    private final String what;
    private final double required;
    private final double floor;
    private int compared;
    private int exact;
    private double digits = Digits.EXACT;
    private Check.@Nullable Worst worst;

    /// @param required how many digits have to agree
    /// @param floor as of [Digits#matched]
    Numbers(String what, double required, double floor) {
        this.what = what;
        this.required = required;
        this.floor = floor;
    }

    void compare(String name, double computed, double expected) {
        double matched = Digits.matched(computed, expected, floor);
        compared++;
        if (matched == Digits.EXACT) {
            exact++;
        }
        if (worst == null || matched < digits) {
            digits = matched;
            worst = new Check.Worst(name, expected, Double.isFinite(computed) ? computed : null);
        }
    }

    void compare(String name, double computed, JsonNode expected) {
        compare(name, computed, expected.doubleValue());
    }

    void compare(String name, double[] computed, double[] expected) {
        requireLength(name, computed.length, expected.length);
        for (int i = 0; i < computed.length; i++) {
            compare(name + "[" + i + "]", computed[i], expected[i]);
        }
    }

    void compare(String name, double[][] computed, double[][] expected) {
        requireLength(name, computed.length, expected.length);
        for (int i = 0; i < computed.length; i++) {
            compare(name + "[" + i + "]", computed[i], expected[i]);
        }
    }

    void compareMatrix(String name, Matrix computed, JsonNode expected) {
        compare(name, computed.toRows(), matrix(expected));
    }

    void compareVector(String name, double @Nullable [] computed, JsonNode expected) {
        compare(name, Objects.requireNonNull(computed), vector(expected));
    }

    /// Weights by layer, with the layers of `expected` counted from 1.
    void compareWeights(String name, List<LayerWeights> computed, JsonNode expected) {
        requireLength(name, computed.size(), expected.size());
        for (int l = 0; l < computed.size(); l++) {
            String layer = String.valueOf(l + 1);
            compare(
                    name + " W" + layer,
                    Objects.requireNonNull(computed.get(l).weights()),
                    matrix(expected.get(layer)));
        }
    }

    private static void requireLength(String name, int computed, int expected) {
        if (computed != expected) {
            throw new IllegalStateException(name + ": " + computed + " numbers for " + expected);
        }
    }

    Check.Part part() {
        return new Check.Part(
                what, compared, exact, digits, required, floor, compared > 0 && digits >= required, worst);
    }
}
