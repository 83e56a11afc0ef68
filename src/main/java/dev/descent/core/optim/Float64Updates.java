package dev.descent.core.optim;

import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [Updates] in binary64. The build makes `Float32Updates` of this file by writing `float` for every `double` but
/// those behind an empty comment: constants are computed in binary64 and rounded once.
///
/// Plain loops over arrays, without a call or a branch that the compiler could not turn into lanes; division and
/// square root round correctly, so lanes and scalars agree to the last bit.
final class Float64Updates implements Updates {

    @Override
    public void sgd(Optimizer.Sgd rule, Factors factors, Matrix w, Matrix g) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double rate = (double) factors.rate;
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            weights[i] -= rate * (gradients[i] + decay * weights[i]);
        }
    }

    @Override
    public void momentum(Optimizer.Momentum rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] velocities = data(kept[0]);
        double rate = (double) factors.rate;
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
    public void nesterov(Optimizer.Nesterov rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] velocities = data(kept[0]);
        double rate = (double) factors.rate;
        double momentum = (double) rule.momentum();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double velocity = momentum * velocities[i] + gradient;
            velocities[i] = velocity;
            weights[i] -= rate * (gradient + momentum * velocity);
        }
    }

    @Override
    public void rmsProp(Optimizer.RmsProp rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        boolean momentum = rule.momentum() > 0;
        if (rule.centered() && momentum) {
            centeredRmsPropWithMomentum(rule, factors, w, g, kept);
        } else if (rule.centered()) {
            centeredRmsProp(rule, factors, w, g, kept);
        } else if (momentum) {
            rmsPropWithMomentum(rule, factors, w, g, kept);
        } else {
            plainRmsProp(rule, factors, w, g, kept);
        }
    }

    private static void plainRmsProp(Optimizer.RmsProp rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] squares = data(kept[0]);
        double rate = (double) factors.rate;
        double alpha = (double) rule.alpha();
        double rest = (double) (1 - rule.alpha());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double square = alpha * squares[i] + rest * (gradient * gradient);
            squares[i] = square;
            weights[i] -= rate * gradient / ((double) Math.sqrt(square) + epsilon);
        }
    }

    private static void rmsPropWithMomentum(
            Optimizer.RmsProp rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] squares = data(kept[0]);
        double[] velocities = data(kept[1]);
        double rate = (double) factors.rate;
        double momentum = (double) rule.momentum();
        double alpha = (double) rule.alpha();
        double rest = (double) (1 - rule.alpha());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double square = alpha * squares[i] + rest * (gradient * gradient);
            squares[i] = square;
            double velocity = momentum * velocities[i] + gradient / ((double) Math.sqrt(square) + epsilon);
            velocities[i] = velocity;
            weights[i] -= rate * velocity;
        }
    }

    private static void centeredRmsProp(Optimizer.RmsProp rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] squares = data(kept[0]);
        double[] means = data(kept[1]);
        double rate = (double) factors.rate;
        double alpha = (double) rule.alpha();
        double rest = (double) (1 - rule.alpha());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double square = alpha * squares[i] + rest * (gradient * gradient);
            squares[i] = square;
            double mean = alpha * means[i] + rest * gradient;
            means[i] = mean;
            weights[i] -= rate * gradient / ((double) Math.sqrt(Math.max(square - mean * mean, 0)) + epsilon);
        }
    }

    private static void centeredRmsPropWithMomentum(
            Optimizer.RmsProp rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] squares = data(kept[0]);
        double[] means = data(kept[1]);
        double[] velocities = data(kept[2]);
        double rate = (double) factors.rate;
        double momentum = (double) rule.momentum();
        double alpha = (double) rule.alpha();
        double rest = (double) (1 - rule.alpha());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double square = alpha * squares[i] + rest * (gradient * gradient);
            squares[i] = square;
            double mean = alpha * means[i] + rest * gradient;
            means[i] = mean;
            double velocity = momentum * velocities[i]
                    + gradient / ((double) Math.sqrt(Math.max(square - mean * mean, 0)) + epsilon);
            velocities[i] = velocity;
            weights[i] -= rate * velocity;
        }
    }

    @Override
    public void adagrad(Optimizer.Adagrad rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] sums = data(kept[0]);
        double rate = (double) factors.rate;
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double sum = sums[i] + gradient * gradient;
            sums[i] = sum;
            weights[i] -= rate * gradient / ((double) Math.sqrt(sum) + epsilon);
        }
    }

    @Override
    public void adadelta(Optimizer.Adadelta rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] squares = data(kept[0]);
        double[] updates = data(kept[1]);
        double rate = (double) factors.rate;
        double rho = (double) rule.rho();
        double rest = (double) (1 - rule.rho());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double square = rho * squares[i] + rest * (gradient * gradient);
            double update = (double) Math.sqrt(updates[i] + epsilon) / (double) Math.sqrt(square + epsilon) * gradient;
            squares[i] = square;
            updates[i] = rho * updates[i] + rest * (update * update);
            weights[i] -= rate * update;
        }
    }

    @Override
    public void adam(Optimizer.Adam rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(kept[0]);
        double[] squares = data(kept[1]);
        double rate = (double) factors.rate;
        double correction = (double) factors.root;
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

    @Override
    public void amsGrad(Optimizer.AmsGrad rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(kept[0]);
        double[] squares = data(kept[1]);
        double[] largest = data(kept[2]);
        double rate = (double) factors.rate;
        double correction = (double) factors.root;
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
            double most = Math.max(largest[i], square);
            largest[i] = most;
            weights[i] -= rate * mean / ((double) Math.sqrt(most) / correction + epsilon);
        }
    }

    @Override
    public void adamW(Optimizer.AdamW rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(kept[0]);
        double[] squares = data(kept[1]);
        double rate = (double) factors.rate;
        double correction = (double) factors.root;
        double beta1 = (double) rule.beta1();
        double beta2 = (double) rule.beta2();
        double rest1 = (double) (1 - rule.beta1());
        double rest2 = (double) (1 - rule.beta2());
        double epsilon = (double) rule.epsilon();
        double keep = (double) factors.keep;
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i];
            double mean = beta1 * means[i] + rest1 * gradient;
            double square = beta2 * squares[i] + rest2 * (gradient * gradient);
            means[i] = mean;
            squares[i] = square;
            weights[i] = keep * weights[i] - rate * mean / ((double) Math.sqrt(square) / correction + epsilon);
        }
    }

    @Override
    public void adamax(Optimizer.Adamax rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(kept[0]);
        double[] largest = data(kept[1]);
        double rate = (double) factors.rate;
        double beta1 = (double) rule.beta1();
        double beta2 = (double) rule.beta2();
        double rest1 = (double) (1 - rule.beta1());
        double epsilon = (double) rule.epsilon();
        double decay = (double) rule.weightDecay();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double gradient = gradients[i] + decay * weights[i];
            double mean = beta1 * means[i] + rest1 * gradient;
            double most = Math.max(beta2 * largest[i], Math.abs(gradient) + epsilon);
            means[i] = mean;
            largest[i] = most;
            weights[i] -= rate * mean / most;
        }
    }

    @Override
    public void nadam(Optimizer.Nadam rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(kept[0]);
        double[] squares = data(kept[1]);
        double now = (double) factors.ofGradient;
        double next = (double) factors.ofMean;
        double correction = (double) factors.root;
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
            weights[i] -= (now * gradient + next * mean) / ((double) Math.sqrt(square) / correction + epsilon);
        }
    }

    @Override
    public void radam(Optimizer.Radam rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double rate = (double) factors.rate;
        double root = factors.trusted ? 1 : 0;
        double one = factors.trusted ? 0 : 1;
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] means = data(kept[0]);
        double[] squares = data(kept[1]);
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
            weights[i] -= rate * mean / (root * ((double) Math.sqrt(square) + epsilon) + one);
        }
    }

    @Override
    public void rprop(Optimizer.Rprop rule, Factors factors, Matrix w, Matrix g, Matrix[] kept) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double[] previous = data(kept[0]);
        double[] sizes = data(kept[1]);
        double factor = (double) factors.rate;
        double increase = (double) rule.increase();
        double decrease = (double) rule.decrease();
        double minimum = (double) rule.minimumStep();
        double maximum = (double) rule.maximumStep();
        int size = size(w);
        for (int i = 0; i < size; i++) {
            double agreement = Math.signum(gradients[i]) * Math.signum(previous[i]);
            double change = agreement > 0 ? increase : agreement < 0 ? decrease : 1;
            double length = Math.max(minimum, Math.min(maximum, sizes[i] * change));
            double gradient = agreement < 0 ? 0 : gradients[i];
            sizes[i] = length;
            previous[i] = gradient;
            weights[i] -= factor * length * Math.signum(gradient);
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }

    private static int size(Matrix matrix) {
        return matrix.rows() * matrix.columns();
    }
}
