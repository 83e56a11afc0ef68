package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.DenseLayer;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import dev.descent.core.nn.PlacedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;
import org.jspecify.annotations.Nullable;

/// [Optimizer.Kfac] at work, in binary64 whatever the precision of the network. Parameters that no dense layer has
/// follow their gradients.
final class KfacRun implements UpdateRun {

    private final Optimizer.Kfac rule;
    private final List<Factored> layers = new ArrayList<>();
    private final List<Parameter> others = new ArrayList<>();
    private long steps;

    KfacRun(Optimizer.Kfac rule, Network network) {
        this.rule = rule;
        others.addAll(network.parameters());
        for (Layer layer : network.layers()) {
            if (layer instanceof DenseLayer dense) {
                layers.add(new Factored(dense));
                others.removeIf(parameter -> parameter == dense.weights() || parameter == dense.biases());
            }
        }
    }

    /// Numbers that are kept for a dense layer in batches of so many rows.
    static long numbersKept(PlacedLayer layer, long rows) {
        long width = layer.inputs() + 1L;
        long units = layer.units();
        long widest = Math.max(width, units);
        return 2 * (width * width + units * units) + widest * widest + 3 * width * units + rows * (width + units);
    }

    /// Those of them that the next step depends on.
    static long numbersRemembered(PlacedLayer layer) {
        long width = layer.inputs() + 1L;
        long units = layer.units();
        return 2 * (width * width + units * units);
    }

    @Override
    public void step(double learningRate, double objective, Closure closure) {
        boolean first = steps == 0;
        boolean renew = steps++ % rule.every() == 0;
        for (int i = 0; i < layers.size(); i++) {
            Factored layer = layers.get(i);
            layer.observe(first ? 0 : rule.decay());
            if (renew) {
                layer.renew(rule.damping());
            }
            layer.step(learningRate, rule.weightDecay());
        }
        for (int i = 0; i < others.size(); i++) {
            Matrix value = others.get(i).value();
            Matrix gradient = others.get(i).gradient();
            for (int row = 0; row < value.rows(); row++) {
                for (int column = 0; column < value.columns(); column++) {
                    double w = value.get(row, column);
                    double g = gradient.get(row, column) + rule.weightDecay() * w;
                    value.set(row, column, w - learningRate * g);
                }
            }
        }
    }

    @Override
    public void walk(StateWalk walk) {
        steps = walk.integer("optimizer.step", steps, 0, Long.MAX_VALUE);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).walk(walk, i);
        }
    }

    @Override
    public List<Slot> slots(Parameter parameter) {
        for (Factored layer : layers) {
            if (layer.layer.weights() == parameter) {
                return List.of(
                        new Slot("A", Dense.copy(layer.a.data, layer.width)),
                        new Slot("G", Dense.copy(layer.g.data, layer.units)),
                        new Slot("inverseA", Dense.copy(layer.inverseOfA.data, layer.width)),
                        new Slot("inverseG", Dense.copy(layer.inverseOfG.data, layer.units)));
            }
        }
        return List.of();
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("t", (double) steps);
    }

    /// A dense layer with the factors of its block of the Fisher matrix: A (inputs, and 1 for the bias) and G
    /// (units).
    private static final class Factored {

        private final DenseLayer layer;
        private final @Nullable Parameter biases;
        private final int units;
        private final int width;
        private final double[] gradient;
        private final double[] half;
        private final double[] update;
        private final DMatrixRMaj a;
        private final DMatrixRMaj g;
        private final DMatrixRMaj inverseOfA;
        private final DMatrixRMaj inverseOfG;
        private final DMatrixRMaj damped;
        private final LinearSolverChol_DDRM solver =
                new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
        private double[] inputs = {};
        private double[] deltas = {};

        Factored(DenseLayer layer) {
            this.layer = layer;
            biases = layer.biases();
            units = layer.weights().value().rows();
            width = layer.weights().value().columns() + (biases == null ? 0 : 1);
            gradient = new double[units * width];
            half = new double[units * width];
            update = new double[units * width];
            a = new DMatrixRMaj(width, width);
            g = new DMatrixRMaj(units, units);
            inverseOfA = new DMatrixRMaj(width, width);
            inverseOfG = new DMatrixRMaj(units, units);
            damped = new DMatrixRMaj(Math.max(width, units), Math.max(width, units));
        }

        /// Lets the batch join the running means, of which `keep` stays.
        void observe(double keep) {
            Matrix x = layer.input();
            Matrix delta = layer.delta();
            int rows = x.rows();
            if (inputs.length < rows * width) {
                inputs = new double[rows * width];
                deltas = new double[rows * units];
            }
            Dense.read(x, inputs, width);
            if (biases != null) {
                for (int i = 0; i < rows; i++) {
                    inputs[i * width + width - 1] = 1;
                }
            }
            Dense.read(delta, deltas, units);
            Dense.addSquare(inputs, a.data, rows, width, keep, (1 - keep) / rows);
            Dense.addSquare(deltas, g.data, rows, units, keep, (1 - keep) * rows);
        }

        void walk(StateWalk walk, int index) {
            walk.numbers("optimizer.inputs", index, a.data);
            walk.numbers("optimizer.deltas", index, g.data);
            walk.numbers("optimizer.inverseOfInputs", index, inverseOfA.data);
            walk.numbers("optimizer.inverseOfDeltas", index, inverseOfG.data);
        }

        void renew(double damping) {
            double ofA = trace(a) / width;
            double ofG = trace(g) / units;
            double pi = ofA > 0 && ofG > 0 ? Math.sqrt(ofA / ofG) : 1;
            invert(a, pi * Math.sqrt(damping), inverseOfA);
            invert(g, Math.sqrt(damping) / pi, inverseOfG);
        }

        void step(double learningRate, double weightDecay) {
            Matrix weights = layer.weights().value();
            join(layer.weights().gradient(), biases == null ? null : biases.gradient(), gradient);
            if (weightDecay > 0) {
                join(weights, biases == null ? null : biases.value(), half);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += weightDecay * half[i];
                }
            }
            Dense.multiply(gradient, inverseOfA.data, half, units, width, width);
            Dense.multiply(inverseOfG.data, half, update, units, units, width);
            for (int i = 0; i < units; i++) {
                for (int j = 0; j < weights.columns(); j++) {
                    weights.set(i, j, weights.get(i, j) - learningRate * update[i * width + j]);
                }
                if (biases != null) {
                    Matrix b = biases.value();
                    b.set(0, i, b.get(0, i) - learningRate * update[i * width + width - 1]);
                }
            }
        }

        /// Weights and biases as one matrix (units x width).
        private void join(Matrix weights, @Nullable Matrix row, double[] joined) {
            Dense.read(weights, joined, width);
            if (row != null) {
                for (int i = 0; i < units; i++) {
                    joined[i * width + width - 1] = row.get(0, i);
                }
            }
        }

        private static double trace(DMatrixRMaj matrix) {
            double sum = 0;
            for (int i = 0; i < matrix.numRows; i++) {
                sum += matrix.get(i, i);
            }
            return sum;
        }

        /// A matrix that is not positive definite in spite of its damping holds numbers that are not finite: so
        /// will the weights, and the run ends there.
        private void invert(DMatrixRMaj matrix, double damping, DMatrixRMaj inverse) {
            damped.reshape(matrix.numRows, matrix.numCols);
            damped.setTo(matrix);
            for (int i = 0; i < matrix.numRows; i++) {
                damped.add(i, i, damping);
            }
            if (solver.setA(damped)) {
                solver.invert(inverse);
            } else {
                inverse.fill(Double.NaN);
            }
        }
    }
}
