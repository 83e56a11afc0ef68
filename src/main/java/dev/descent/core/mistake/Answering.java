package dev.descent.core.mistake;

import dev.descent.core.InvalidSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arrays that were sent, each beside the right one.
final class Answering {

    private final List<Map<Quantity, Given>> given = new ArrayList<>();
    private final @Nullable Given loss;

    /// Refuses an array that the layer does not have, or whose shape nothing explains; pointers are
    /// relative to the answers.
    Answering(Answers answers, Trace trace, List<Map<Quantity, double[][]>> right, Rounding rounding) {
        for (int l = 0; l < trace.size(); l++) {
            Map<Quantity, Given> of = new EnumMap<>(Quantity.class);
            for (Quantity quantity : Quantity.values()) {
                double[][] numbers = answers.layers().get(l).get(quantity);
                if (numbers == null) {
                    continue;
                }
                double[][] expected = right.get(l).get(quantity);
                if (expected == null) {
                    throw new InvalidSpec(
                            Shapes.pointer(l, quantity), "shape", "this layer has no " + quantity.symbol());
                }
                double[][] turned = Shapes.require(trace, l, quantity, numbers, expected);
                of.put(quantity, new Given(l, quantity, turned, expected, rounding.of(l, quantity)));
            }
            given.add(of);
        }
        Double value = answers.loss();
        loss = value == null ? null : lossOf(value, trace, right, rounding);
    }

    private static Given lossOf(double value, Trace trace, List<Map<Quantity, double[][]>> right, Rounding rounding) {
        int last = trace.size() - 1;
        double[][] slopes = trace.outputGradient();
        double[][] errors = rounding.of(last, Quantity.ACTIVATION);
        double handed = 0;
        for (int i = 0; i < slopes.length; i++) {
            for (int j = 0; j < slopes[i].length; j++) {
                handed += Math.abs(slopes[i][j]) * errors[i][j];
            }
        }
        double expected = trace.value();
        double error = handed + 8 * Rounding.UNIT * (Math.abs(expected) + trace.lossUnit());
        return new Given(
                last, Quantity.LOSS, new double[][] {{value}}, new double[][] {{expected}}, new double[][] {{error}});
    }

    @Nullable
    Given get(int layer, Quantity quantity) {
        return quantity == Quantity.LOSS ? loss : given.get(layer).get(quantity);
    }

    /// Everything that was sent.
    List<Given> all() {
        List<Given> all = new ArrayList<>();
        given.forEach(layer -> all.addAll(layer.values()));
        if (loss != null) {
            all.add(loss);
        }
        return all;
    }
}
