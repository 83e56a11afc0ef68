package dev.descent.core.mistake;

import dev.descent.core.nn.LayerSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The right numbers of a pass back through a trace.
final class Right {

    private Right() {}

    /// One map for each layer; what it does not have is missing there.
    static List<Map<Quantity, double[][]>> of(Trace trace) {
        List<Map<Quantity, double[][]>> right = new ArrayList<>();
        for (LayerPass layer : trace.layers()) {
            Map<Quantity, double[][]> of = new EnumMap<>(Quantity.class);
            of.put(Quantity.PRE_ACTIVATION, layer.z());
            of.put(Quantity.ACTIVATION, layer.a());
            right.add(of);
        }
        Map<Integer, double[][]> around = new HashMap<>();
        double[][] gradient = trace.outputGradient();
        for (int l = trace.size() - 1; l >= 0; l--) {
            LayerPass layer = trace.layer(l);
            double[][] delta = layer.delta(gradient);
            right.get(l).put(Quantity.DELTA, delta);
            if (layer.place().layer() instanceof LayerSpec.Residual) {
                around.put(l, delta);
                gradient = delta;
                continue;
            }
            if (layer.weights() != null) {
                right.get(l).put(Quantity.WEIGHT_GRADIENT, layer.weightGradient(delta, layer.paired()));
            }
            if (layer.biases() != null) {
                right.get(l).put(Quantity.BIAS_GRADIENT, Plain.sumRows(delta));
            }
            gradient = layer.inputGradient(delta);
            right.get(l).put(Quantity.INPUT_GRADIENT, gradient);
            for (int block : trace.blocksFrom(l)) {
                gradient = Plain.plus(gradient, around.getOrDefault(block, gradient));
                right.get(block).put(Quantity.INPUT_GRADIENT, gradient);
            }
        }
        return right;
    }

    static double[][] get(List<Map<Quantity, double[][]>> right, int layer, Quantity quantity) {
        double[][] numbers = right.get(layer).get(quantity);
        if (numbers == null) {
            throw new IllegalStateException("layer " + layer + " has no " + quantity);
        }
        return numbers;
    }
}
