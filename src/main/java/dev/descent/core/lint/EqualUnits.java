package dev.descent.core.lint;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds units of a dense layer with the same weights and bias.
final class EqualUnits {

    private static final int IN_THE_KEY = 8;

    private EqualUnits() {}

    /// In groups of two or more, by their first unit.
    static List<List<Integer>> of(Layer layer) {
        Parameter weights = layer.weights();
        if (!(layer.place().layer() instanceof LayerSpec.Dense) || weights == null) {
            return List.of();
        }
        Matrix biases = layer.biases() == null ? null : layer.biases().value();
        Map<Long, List<List<Integer>>> byKey = new HashMap<>(); // looked up, never walked
        List<List<Integer>> groups = new ArrayList<>();
        for (int unit = 0; unit < layer.place().units(); unit++) {
            List<List<Integer>> near =
                    byKey.computeIfAbsent(key(weights.value(), biases, unit), key -> new ArrayList<>());
            List<Integer> group = null;
            for (List<Integer> one : near) {
                if (same(weights.value(), biases, one.getFirst(), unit)) {
                    group = one;
                }
            }
            if (group == null) {
                group = new ArrayList<>();
                near.add(group);
                groups.add(group);
            }
            group.add(unit);
        }
        return groups.stream().filter(group -> group.size() > 1).toList();
    }

    private static long key(Matrix weights, @Nullable Matrix biases, int unit) {
        long key = biases == null ? 0 : Double.doubleToLongBits(biases.get(0, unit));
        for (int j = 0; j < Math.min(IN_THE_KEY, weights.columns()); j++) {
            key = 31 * key + Double.doubleToLongBits(weights.get(unit, j));
        }
        return key;
    }

    private static boolean same(Matrix weights, @Nullable Matrix biases, int one, int other) {
        if (biases != null && biases.get(0, one) != biases.get(0, other)) {
            return false;
        }
        for (int j = 0; j < weights.columns(); j++) {
            if (weights.get(one, j) != weights.get(other, j)) {
                return false;
            }
        }
        return true;
    }
}
