package dev.descent.core.mistake;

import dev.descent.core.nn.LayerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Weights after a step of plain gradient descent whose learning rate nobody told.
///
/// Sending delta back through `W - rate dW` in one layer moves everything before it in proportion to
/// the rate, so the rate that fits best can be read from any array there; it is believed when the array
/// then agrees.
final class StaleWeights {

    private static final int FEWEST_ENTRIES = 3;
    private static final int MOST = 3;

    private final Trace trace;
    private final List<Map<Quantity, double[][]>> right;
    private final Answering answering;
    private final List<Double> rates = new ArrayList<>();

    private StaleWeights(Trace trace, List<Map<Quantity, double[][]>> right, Answering answering) {
        this.trace = trace;
        this.right = right;
        this.answering = answering;
    }

    /// A step for each learning rate that the answers speak for.
    static List<WeightUpdate> of(Trace trace, List<Map<Quantity, double[][]>> right, Answering answering) {
        StaleWeights stale = new StaleWeights(trace, right, answering);
        for (int l = trace.size() - 1; l > 0; l--) {
            if (trace.layer(l).place().layer() instanceof LayerSpec.Dense) {
                stale.follow(l);
            }
        }
        return stale.rates.stream().map(WeightUpdate::descent).toList();
    }

    /// What a rate of 1 in this layer would change, carried to all layers before.
    private void follow(int stale) {
        Map<Integer, double[][]> around = new HashMap<>();
        double[][] change = Plain.scaled(
                Plain.times(Right.get(right, stale, Quantity.DELTA), Right.get(right, stale, Quantity.WEIGHT_GRADIENT)),
                -1);
        for (int l = stale - 1; l >= 0; l--) {
            LayerPass layer = trace.layer(l);
            double[][] delta = layer.delta(change);
            read(l, Quantity.DELTA, delta);
            if (layer.place().layer() instanceof LayerSpec.Residual) {
                around.put(l, delta);
                change = delta;
                continue;
            }
            if (layer.weights() != null) {
                read(l, Quantity.WEIGHT_GRADIENT, layer.weightGradient(delta, layer.paired()));
            }
            if (layer.biases() != null) {
                read(l, Quantity.BIAS_GRADIENT, Plain.sumRows(delta));
            }
            change = layer.inputGradient(delta);
            for (int block : trace.blocksFrom(l)) {
                double[][] beside = around.get(block);
                change = beside == null ? change : Plain.plus(change, beside);
            }
        }
    }

    private void read(int layer, Quantity quantity, double[][] change) {
        Given given = answering.get(layer, quantity);
        if (given == null
                || rates.size() == MOST
                || given.verdict() != Verdict.WRONG
                || !Plain.sameShape(given.numbers(), change)
                || change.length * change[0].length < FEWEST_ENTRIES) {
            return;
        }
        double squares = 0;
        double product = 0;
        for (int i = 0; i < change.length; i++) {
            for (int j = 0; j < change[i].length; j++) {
                squares += change[i][j] * change[i][j];
                product += change[i][j] * (given.numbers()[i][j] - given.right()[i][j]);
            }
        }
        double rate = product / squares;
        if (!(rate > 0) || !Double.isFinite(rate)) {
            return;
        }
        double round = rounded(rate);
        double believed = agrees(given, change, round) ? round : rate;
        if (agrees(given, change, believed)
                && rates.stream().noneMatch(known -> Math.abs(known / believed - 1) < 1e-3)) {
            rates.add(believed);
        }
    }

    private static boolean agrees(Given given, double[][] change, double rate) {
        return given.agrees(Plain.map(given.right(), change, (r, c) -> r + rate * c), 1);
    }

    /// To three digits: a learning rate is a round number.
    private static double rounded(double rate) {
        double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(rate)) - 2);
        return Math.rint(rate / unit) * unit;
    }
}
