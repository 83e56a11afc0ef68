package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.LossSum;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import org.jspecify.annotations.Nullable;

/// The loss over more rows than a batch, passed through the network in chunks; the sum runs in row order, so the size
/// of
/// the chunks changes nothing.
final class Evaluation {

    private final Network network;
    private final LossSum sum;
    private final int capacity;
    private final Matrix inputs;
    private final Matrix targets;
    private final @Nullable Matrix weights;

    /// For sets like `examples`: with as many inputs and targets, and with weights or without.
    Evaluation(Network network, Objective objective, int capacity, ExampleSet examples) {
        this.network = network;
        this.capacity = capacity;
        sum = objective.sum();
        inputs = Matrix.create(network.precision(), capacity, examples.inputs().columns());
        targets =
                Matrix.create(network.precision(), capacity, examples.targets().columns());
        weights = examples.weights() == null ? null : Matrix.create(network.precision(), capacity, 1);
    }

    /// The loss over all rows, as for predictions; `score`, where given, sees them all. Overwrites the network's batch.
    double over(ExampleSet examples, @Nullable Score score) {
        sum.clear();
        if (score != null) {
            score.clear();
        }
        int rows = examples.rows();
        if (rows <= capacity) {
            add(examples.inputs(), examples.targets(), examples.weights(), score);
            return sum.value();
        }
        for (int from = 0; from < rows; from += capacity) {
            int count = Math.min(capacity, rows - from);
            inputs.copyRows(examples.inputs(), from, count);
            targets.copyRows(examples.targets(), from, count);
            if (weights != null && examples.weights() != null) {
                weights.copyRows(examples.weights(), from, count);
            }
            add(inputs, targets, examples.weights() == null ? null : weights, score);
        }
        return sum.value();
    }

    private void add(Matrix x, Matrix y, @Nullable Matrix rowWeights, @Nullable Score score) {
        Matrix output = network.forward(x);
        sum.add(output, y, rowWeights);
        if (score != null) {
            score.see(output, y);
        }
    }
}
