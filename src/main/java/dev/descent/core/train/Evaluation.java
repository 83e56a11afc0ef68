package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.LossSum;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;

/// The objective over more rows than a batch, passed through the network in chunks; the sum runs in row order, so the
/// size of the chunks changes nothing.
final class Evaluation {

    private final Network network;
    private final LossSum sum;
    private final int capacity;
    private final Matrix inputs;
    private final Matrix targets;

    Evaluation(Network network, Objective objective, int targetColumns, int capacity) {
        this.network = network;
        sum = objective.sum();
        this.capacity = capacity;
        inputs = Matrix.create(network.precision(), capacity, network.spec().inputs());
        targets = Matrix.create(network.precision(), capacity, targetColumns);
    }

    /// The objective over all rows of x (n x inputs) and y (n x targets). Overwrites the network's batch.
    double over(Matrix x, Matrix y) {
        sum.clear();
        if (x.rows() <= capacity) {
            sum.add(network.forward(x), y, null);
        } else {
            for (int from = 0; from < x.rows(); from += capacity) {
                int count = Math.min(capacity, x.rows() - from);
                inputs.copyRows(x, from, count);
                targets.copyRows(y, from, count);
                sum.add(network.forward(inputs), targets, null);
            }
        }
        return sum.value();
    }
}
