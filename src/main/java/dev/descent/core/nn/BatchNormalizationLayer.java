package dev.descent.core.nn;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Rows;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `z = gamma n + beta` with `n = (x - mean) / sqrt(variance + epsilon)`, each unit over the rows of the batch.
///
/// In training mean and variance depend on x, so that `dx = gamma / sqrt(variance + epsilon) (delta - mean(delta) -
/// n mean(delta n))`; otherwise they are the running statistics and the last two terms vanish.
public final class BatchNormalizationLayer extends Layer {

    private final LayerSpec.BatchNormalization spec;
    private final LayerKernels kernels;
    private final Parameter gamma;
    private final Parameter beta;
    private final Matrix runningMean;
    private final Matrix runningVariance;
    private final Matrix mean;
    private final Matrix variance;
    private final Matrix normalized;
    private boolean ofBatch;

    BatchNormalizationLayer(LayerSpec.BatchNormalization spec, PlacedLayer place, Precision precision, int capacity) {
        super(place, precision, capacity);
        this.spec = spec;
        kernels = LayerKernels.of(precision);
        int units = place.units();
        gamma = Parameter.create(precision, Parameter.Role.SCALES, 1, units);
        beta = Parameter.create(precision, Parameter.Role.BIASES, 1, units);
        runningMean = Matrix.create(precision, 1, units, Layout.BY_ROWS);
        runningVariance = Matrix.create(precision, 1, units, Layout.BY_ROWS);
        mean = Matrix.create(precision, 1, units, Layout.BY_ROWS);
        variance = Matrix.create(precision, 1, units, Layout.BY_ROWS);
        normalized = Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
    }

    @Override
    void initialize(NumpyRandom random) {
        for (int j = 0; j < place().units(); j++) {
            gamma.value().set(0, j, 1);
            beta.value().set(0, j, 0);
            runningMean.set(0, j, 0);
            runningVariance.set(0, j, 1);
        }
    }

    @Override
    void computePreActivation(Rows x, Pass pass, @Nullable NumpyRandom random) {
        normalized.resize(x.rows());
        ofBatch = pass != Pass.EVALUATION;
        normalized.copy(x.gathered());
        if (ofBatch) {
            kernels.moments(normalized, mean, variance);
        } else {
            mean.copy(runningMean);
            variance.copy(runningVariance);
        }
        kernels.normalize(normalized, mean, variance, spec.epsilon());
        preActivation().copy(normalized);
        kernels.scaleAndShift(preActivation(), gamma.value(), beta.value());
        if (pass == Pass.TRAINING) {
            follow(x.rows());
        }
    }

    /// Moves the running statistics towards those of a batch of n rows.
    private void follow(int n) {
        double unbiased = n / (n - 1.0);
        double momentum = spec.momentum();
        for (int j = 0; j < mean.columns(); j++) {
            runningMean.set(0, j, (1 - momentum) * runningMean.get(0, j) + momentum * mean.get(0, j));
            runningVariance.set(
                    0, j, (1 - momentum) * runningVariance.get(0, j) + momentum * (unbiased * variance.get(0, j)));
        }
    }

    @Override
    void computeGradients() {
        kernels.sumProducts(delta(), normalized, gamma.gradient());
        kernels.sum(delta(), beta.gradient());
    }

    @Override
    void inputGradient(Matrix target) {
        target.copy(delta());
        if (ofBatch) {
            kernels.subtractMeans(target, normalized, gamma.gradient(), beta.gradient());
        }
        kernels.divideByDeviation(target, gamma.value(), variance, spec.epsilon());
    }

    /// Reads the gradients of gamma and beta, to which a penalty may have been added.
    @Override
    void inputGradientAnew(Matrix target) {
        Matrix ofGamma = copy(gamma.gradient());
        Matrix ofBeta = copy(beta.gradient());
        computeGradients();
        inputGradient(target);
        gamma.gradient().copy(ofGamma);
        beta.gradient().copy(ofBeta);
    }

    private static Matrix copy(Matrix row) {
        Matrix copy = Matrix.create(row.precision(), 1, row.columns(), Layout.BY_ROWS);
        copy.copy(row);
        return copy;
    }

    @Override
    public Parameter weights() {
        return gamma;
    }

    @Override
    public Parameter biases() {
        return beta;
    }

    @Override
    public List<Matrix> statistics() {
        return List.of(runningMean, runningVariance);
    }

    /// The mean (1 x units) that the last forward pass subtracted.
    public Matrix mean() {
        return mean;
    }

    /// The biased variance (1 x units) that the last forward pass divided by, without epsilon.
    public Matrix variance() {
        return variance;
    }
}
