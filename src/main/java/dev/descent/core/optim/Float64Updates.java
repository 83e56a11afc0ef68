package dev.descent.core.optim;

import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [Updates] in binary64. The build makes `Float32Updates` of this file by writing `float` for every `double` but those
/// behind an empty comment: constants are computed in binary64 and rounded once.
final class Float64Updates implements Updates {

    @Override
    public void sgd(Optimizer.Sgd rule, /**/ double learningRate, Matrix w, Matrix g) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double rate = (double) learningRate;
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            weights[i] -= rate * (gradients[i] + decay * weights[i]);
        }
    }

    @Override
    public void momentum(Optimizer.Momentum rule, /**/ double learningRate, Matrix w, Matrix g, Matrix v) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] velocities = data(v);
        double rate = (double) learningRate;
        double momentum = (double) rule.momentum();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double velocity = momentum * velocities[i] + (gradients[i] + decay * weights[i]);
            velocities[i] = velocity;
            weights[i] -= rate * velocity;
        }
    }

    @Override
    public void adam(Optimizer.Adam rule, /**/ double learningRate, long step, Matrix w, Matrix g, Matrix m, Matrix v) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(m);
        double[] squares = data(v);
        double rate = (double) (learningRate / (1 - StrictMath.pow(rule.beta1(), step)));
        double correction = (double) StrictMath.sqrt(1 - StrictMath.pow(rule.beta2(), step));
        double beta1 = (double) rule.beta1();
        double beta2 = (double) rule.beta2();
        double rest1 = (double) (1 - rule.beta1());
        double rest2 = (double) (1 - rule.beta2());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double mean = beta1 * means[i] + rest1 * gradient;
            double square = beta2 * squares[i] + rest2 * (gradient * gradient);
            means[i] = mean;
            squares[i] = square;
            weights[i] -= rate * mean / ((double) Math.sqrt(square) / correction + epsilon);
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }

    private static int size(Matrix matrix) {
        return matrix.rows() * matrix.columns();
    }
}
