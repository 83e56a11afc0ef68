package dev.descent.core.mistake;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Slopes;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far apart two right computations of a pass may be, when one of them works in binary32: a size of
/// error for every number.
///
/// Each operation adds an error of half a unit in the last place of what it rounds (the partial sums of
/// a product too), and hands on those of what it reads. Errors of different units are taken for
/// independent, so squares add up; those of the rows of a batch come from the same rounded weights, so
/// in dW and db they add up themselves. A slope is looked at on either side of z, as far as z may be
/// off: at a kink, where either side is right, that is the whole jump.
final class Rounding {

    /// How many of these errors are still no mistake.
    static final double FACTOR = 6;

    /// Half a unit in the last place of binary32.
    static final double UNIT = 0x1p-24;

    private static final int SAMPLES = 6;

    private final Trace trace;
    private final List<Map<Quantity, double[][]>> errors = new ArrayList<>();

    private Rounding(Trace trace) {
        this.trace = trace;
        for (int i = 0; i < trace.size(); i++) {
            errors.add(new EnumMap<>(Quantity.class));
        }
    }

    /// Expects the right numbers of each layer beside the trace they belong to.
    static Rounding of(Trace trace, List<Map<Quantity, double[][]>> right) {
        Rounding rounding = new Rounding(trace);
        List<double[][]> inputs = rounding.forward();
        rounding.backward(inputs, right);
        return rounding;
    }

    double[][] of(int layer, Quantity quantity) {
        double[][] error = errors.get(layer).get(quantity);
        if (error == null) {
            throw new IllegalStateException("layer " + layer + " has no " + quantity);
        }
        return error;
    }

    /// Returns the errors of each layer's x.
    private List<double[][]> forward() {
        List<double[][]> inputs = new ArrayList<>();
        double[][] current = Plain.map(trace.layer(0).x(), trace.layer(0).x(), (x, same) -> UNIT * Math.abs(x));
        for (LayerPass layer : trace.layers()) {
            double[][] ofX = current;
            if (layer.place().layer() instanceof LayerSpec.Residual) {
                int first = layer.place().index();
                while (!trace.blocksFrom(first).contains(layer.place().index())) {
                    first--;
                }
                ofX = inputs.get(first);
            }
            inputs.add(ofX);
            double[][] ofZ = preActivation(layer, ofX, current);
            double[][] ofA = activation(layer, ofZ);
            errors.get(layer.place().index()).put(Quantity.PRE_ACTIVATION, ofZ);
            errors.get(layer.place().index()).put(Quantity.ACTIVATION, ofA);
            current = ofA;
        }
        return inputs;
    }

    private static double[][] preActivation(LayerPass layer, double[][] ofX, double[][] ofInside) {
        return switch (layer.place().layer()) {
            case LayerSpec.Dense dense -> product(layer.x(), ofX, Plain.transpose(layer.requireWeights()), layer);
            case LayerSpec.Dropout dropout -> layer.mask() == null ? ofX : Plain.product(ofX, layer.mask());
            case LayerSpec.Residual residual ->
                Plain.map(Plain.map(ofX, ofInside, StrictMath::hypot), layer.z(), (e, z) -> e + UNIT * Math.abs(z));
            case LayerSpec.BatchNormalization spec -> {
                double[] gamma = layer.requireWeights()[0];
                double[][] ofNormalized = normalized(layer, ofX);
                double[][] error = new double[ofX.length][gamma.length];
                for (int i = 0; i < error.length; i++) {
                    for (int j = 0; j < gamma.length; j++) {
                        error[i][j] = Math.abs(gamma[j]) * ofNormalized[i][j]
                                + 4 * UNIT * (Math.abs(layer.z()[i][j]) + Math.abs(gamma[j]));
                    }
                }
                yield error;
            }
        };
    }

    private static double[][] normalized(LayerPass layer, double[][] ofX) {
        LayerPass.Normalization norm = layer.normalization();
        if (norm == null) {
            throw new IllegalStateException("no normalisation");
        }
        int n = ofX.length;
        double[][] error = new double[n][norm.mean().length];
        for (int j = 0; j < norm.mean().length; j++) {
            double common = 0;
            for (int i = 0; i < n; i++) {
                double one = ofX[i][j] + 2 * UNIT * (Math.abs(layer.x()[i][j]) + Math.abs(norm.mean()[j]));
                common += one / n;
            }
            for (int i = 0; i < n; i++) {
                error[i][j] = (ofX[i][j] + common * (1 + Math.abs(norm.normalized()[i][j]))) / norm.deviation()[j];
            }
        }
        return error;
    }

    private static double[][] activation(LayerPass layer, double[][] ofZ) {
        Activation g = layer.activation();
        if (g instanceof Activation.Softmax) {
            double[][] error = new double[ofZ.length][ofZ[0].length];
            for (int i = 0; i < error.length; i++) {
                double mean = 0;
                for (int j = 0; j < error[i].length; j++) {
                    mean += layer.a()[i][j] * ofZ[i][j];
                }
                for (int j = 0; j < error[i].length; j++) {
                    error[i][j] = layer.a()[i][j] * (ofZ[i][j] + mean + 8 * UNIT);
                }
            }
            return error;
        }
        double[][] above = Slopes.activate(g, Plain.plus(layer.z(), ofZ));
        double[][] below = Slopes.activate(g, Plain.map(layer.z(), ofZ, (z, e) -> z - e));
        double[][] span = Plain.map(above, below, (up, down) -> Math.abs(up - down));
        return Plain.map(span, layer.a(), (one, a) -> one + 8 * UNIT * Math.abs(a));
    }

    private void backward(List<double[][]> inputs, List<Map<Quantity, double[][]>> right) {
        Map<Integer, double[][]> around = new HashMap<>();
        double[][] gradient = trace.outputGradient();
        double[][] current = outputGradient(of(trace.size() - 1, Quantity.ACTIVATION));
        for (int l = trace.size() - 1; l >= 0; l--) {
            LayerPass layer = trace.layer(l);
            Map<Quantity, double[][]> into = errors.get(l);
            double[][] delta = Right.get(right, l, Quantity.DELTA);
            double[][] ofDelta = delta(layer, gradient, current, of(l, Quantity.PRE_ACTIVATION));
            into.put(Quantity.DELTA, ofDelta);
            if (layer.place().layer() instanceof LayerSpec.Residual) {
                around.put(l, ofDelta);
                gradient = delta;
                current = ofDelta;
                continue;
            }
            if (layer.weights() != null) {
                double[][] ofPaired = layer.normalization() == null ? inputs.get(l) : normalized(layer, inputs.get(l));
                double[][] products = pairs(delta, ofDelta, layer.paired(), ofPaired, layer.normalization() != null);
                into.put(Quantity.WEIGHT_GRADIENT, products);
            }
            double[][] ones = Plain.map(delta, delta, (one, same) -> 1);
            into.put(Quantity.BIAS_GRADIENT, pairs(delta, ofDelta, ones, Plain.scaled(ones, 0), true));
            gradient = Right.get(right, l, Quantity.INPUT_GRADIENT);
            current = inputGradient(layer, delta, ofDelta, gradient);
            into.put(Quantity.INPUT_GRADIENT, current);
            for (int block : trace.blocksFrom(l)) {
                double[][] ofBlock = around.getOrDefault(block, current);
                gradient = Right.get(right, block, Quantity.INPUT_GRADIENT);
                current = Plain.map(Plain.plus(current, ofBlock), gradient, (e, d) -> e + UNIT * Math.abs(d));
                errors.get(block).put(Quantity.INPUT_GRADIENT, current);
            }
        }
    }

    /// Tries outputs and targets that are off in ways drawn at random.
    private double[][] outputGradient(double[][] ofOutputs) {
        double[][] outputs = trace.outputs();
        double[][] targets = trace.targets();
        double[][] gradient = trace.outputGradient();
        double[][] error = Plain.scaled(gradient, 0);
        NumpyRandom random = new NumpyRandom(1);
        for (int sample = 0; sample < SAMPLES; sample++) {
            double[][] moved = Plain.map(
                    outputs,
                    ofOutputs,
                    (z, e) -> z + sign(random, FACTOR * (e + UNIT * Math.abs(z)) + 1e-12 * Math.abs(z)));
            double[][] shifted =
                    Plain.map(targets, targets, (y, same) -> y + sign(random, FACTOR * UNIT * Math.abs(y)));
            double[][] other = trace.outputGradient(trace.loss(), moved, shifted);
            error = Plain.map(error, Plain.map(other, gradient, (one, two) -> Math.abs(one - two) / FACTOR), Math::max);
        }
        double unit = isDifference(trace.loss())
                ? 0
                : 2 * Plain.largest(trace.outputGradient(trace.loss(), Plain.scaled(outputs, 0), targets));
        return Plain.map(error, gradient, (e, d) -> e + 4 * UNIT * (Math.abs(d) + unit));
    }

    private static double sign(NumpyRandom random, double size) {
        return random.randint(2) == 0 ? size : -size;
    }

    private static boolean isDifference(Loss loss) {
        return loss instanceof Loss.SquaredError || loss instanceof Loss.AbsoluteError || loss instanceof Loss.Huber;
    }

    private static double[][] delta(LayerPass layer, double[][] gradient, double[][] ofGradient, double[][] ofZ) {
        Activation g = layer.activation();
        double[][] through = Plain.map(
                layer.delta(ofGradient), layer.delta(gradient), (e, d) -> Math.abs(e) + 8 * UNIT * Math.abs(d));
        if (g instanceof Activation.Softmax) {
            double[][] error = new double[gradient.length][gradient[0].length];
            for (int i = 0; i < error.length; i++) {
                double sizes = 0;
                double errors = 0;
                double most = 0;
                for (int j = 0; j < error[i].length; j++) {
                    sizes += layer.a()[i][j] * Math.abs(gradient[i][j]);
                    errors += layer.a()[i][j] * ofGradient[i][j];
                    most = Math.max(most, ofZ[i][j] + 8 * UNIT);
                }
                for (int j = 0; j < error[i].length; j++) {
                    double a = layer.a()[i][j];
                    error[i][j] = a
                            * (ofGradient[i][j] + errors + (Math.abs(gradient[i][j]) + sizes) * (3 * most + 8 * UNIT));
                }
            }
            return error;
        }
        double cancelled = isPieces(g) ? 0 : 4 * UNIT; // in 1 - a, where a is near 1
        through = Plain.map(through, gradient, (e, d) -> e + cancelled * Math.abs(d));
        double[][] far = Plain.map(ofZ, layer.z(), (e, z) -> FACTOR * e + 1e-12 * (1 + Math.abs(z)));
        double[][] jump = Plain.map(
                jump(layer, gradient, Plain.plus(layer.z(), far)),
                jump(layer, gradient, Plain.map(layer.z(), far, (z, e) -> z - e)),
                Math::max);
        return Plain.map(through, jump, (e, j) -> e + j / FACTOR);
    }

    /// Whether g is made of straight lines, so that its slope is a constant.
    private static boolean isPieces(Activation g) {
        return g instanceof Activation.Identity
                || g instanceof Activation.Relu
                || g instanceof Activation.LeakyRelu
                || g instanceof Activation.Relu6
                || g instanceof Activation.HardSigmoid;
    }

    /// How much delta changes when z is another.
    private static double[][] jump(LayerPass layer, double[][] gradient, double[][] z) {
        double[][] other = Slopes.backward(layer.activation(), z, Slopes.activate(layer.activation(), z), gradient);
        return Plain.map(other, layer.delta(gradient), (one, two) -> Math.abs(one - two));
    }

    /// The errors of `delta^T x`, or of the sum of the products of entries where `each`.
    private static double[][] pairs(double[][] delta, double[][] ofDelta, double[][] x, double[][] ofX, boolean each) {
        int units = delta[0].length;
        int inputs = each ? 1 : x[0].length;
        double[][] error = new double[units][inputs];
        for (int u = 0; u < units; u++) {
            for (int k = 0; k < inputs; k++) {
                double handed = 0;
                double partial = 0;
                double rounded = 0;
                for (int i = 0; i < delta.length; i++) {
                    int column = each ? u : k;
                    double d = delta[i][u];
                    double term = d * x[i][column];
                    partial += term;
                    handed += ofDelta[i][u] * Math.abs(x[i][column]) + Math.abs(d) * ofX[i][column];
                    rounded += term * term + partial * partial;
                }
                error[u][k] = handed + UNIT * Math.sqrt(rounded);
            }
        }
        return each ? Plain.transpose(error) : error;
    }

    /// The errors of `x W` with weights that were rounded, plus biases where the layer has them.
    private static double[][] product(double[][] x, double[][] ofX, double[][] weights, LayerPass layer) {
        double[][] error = new double[x.length][weights[0].length];
        double[] biases = layer.biases();
        for (int i = 0; i < x.length; i++) {
            for (int u = 0; u < error[i].length; u++) {
                double squares = 0;
                double partial = 0;
                for (int k = 0; k < weights.length; k++) {
                    double w = weights[k][u];
                    double term = x[i][k] * w;
                    partial += term;
                    squares += square(w * ofX[i][k]) + UNIT * UNIT * (2 * term * term + partial * partial);
                }
                if (biases != null) {
                    squares += UNIT * UNIT * (biases[u] * biases[u] + square(partial + biases[u]));
                }
                error[i][u] = Math.sqrt(squares);
            }
        }
        return error;
    }

    private static double[][] inputGradient(
            LayerPass layer, double[][] delta, double[][] ofDelta, double[][] gradient) {
        return switch (layer.place().layer()) {
            case LayerSpec.Dense dense -> {
                double[][] weights = layer.requireWeights();
                double[][] error = new double[delta.length][weights[0].length];
                for (int i = 0; i < delta.length; i++) {
                    for (int k = 0; k < error[i].length; k++) {
                        double squares = 0;
                        double partial = 0;
                        for (int u = 0; u < weights.length; u++) {
                            double term = delta[i][u] * weights[u][k];
                            partial += term;
                            squares += square(weights[u][k] * ofDelta[i][u])
                                    + UNIT * UNIT * (2 * term * term + partial * partial);
                        }
                        error[i][k] = Math.sqrt(squares);
                    }
                }
                yield error;
            }
            case LayerSpec.Dropout dropout -> layer.mask() == null ? ofDelta : Plain.product(ofDelta, layer.mask());
            case LayerSpec.Residual residual -> ofDelta;
            case LayerSpec.BatchNormalization spec -> throughNormalization(layer, delta, ofDelta, gradient);
        };
    }

    private static double[][] throughNormalization(
            LayerPass layer, double[][] delta, double[][] ofDelta, double[][] gradient) {
        LayerPass.Normalization norm = layer.normalization();
        if (norm == null) {
            throw new IllegalStateException("no normalisation");
        }
        int n = delta.length;
        double[] gamma = layer.requireWeights()[0];
        double[][] error = new double[n][gamma.length];
        for (int j = 0; j < gamma.length; j++) {
            double common = 0;
            double size = 0;
            for (int i = 0; i < n; i++) {
                common += ofDelta[i][j] * (1 + Math.abs(norm.normalized()[i][j])) / n;
                size += Math.abs(delta[i][j]) * (1 + Math.abs(norm.normalized()[i][j])) / n;
            }
            double factor = Math.abs(gamma[j]) / norm.deviation()[j];
            double relative = UNIT * (4 + 2 * Math.abs(norm.mean()[j]) / norm.deviation()[j]);
            for (int i = 0; i < n; i++) {
                double reach = 1 + Math.abs(norm.normalized()[i][j]);
                error[i][j] =
                        factor * (ofDelta[i][j] + common * reach + relative * (Math.abs(delta[i][j]) + size * reach))
                                + relative * Math.abs(gradient[i][j]);
            }
        }
        return error;
    }

    private static double square(double value) {
        return value * value;
    }
}
