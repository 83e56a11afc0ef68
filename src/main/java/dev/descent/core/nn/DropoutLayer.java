package dev.descent.core.nn;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Rows;
import dev.descent.core.random.NumpyRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `z = x m`, entry by entry, with a mask m of zeros and `1 / (1 - rate)`; `dx = delta m`. Without training `z = x`.
public final class DropoutLayer extends Layer {

    private final double rate;
    private final LayerKernels kernels;
    private final Matrix mask;
    private boolean masked;

    DropoutLayer(LayerSpec.Dropout spec, PlacedLayer place, Precision precision, int capacity) {
        super(place, precision, capacity);
        rate = spec.rate();
        kernels = LayerKernels.of(precision);
        mask = Matrix.create(precision, capacity, place.units(), Layout.BY_COLUMNS);
    }

    @Override
    void initialize(NumpyRandom random) {}

    @Override
    void computePreActivation(Rows x, Pass pass, @Nullable NumpyRandom random) {
        masked = pass != Pass.EVALUATION;
        preActivation().copy(x.gathered());
        if (pass == Pass.TRAINING) {
            mask.resize(x.rows());
            draw(Objects.requireNonNull(random));
        }
        if (masked) {
            kernels.multiply(preActivation(), mask);
        }
    }

    private void draw(NumpyRandom random) {
        double kept = 1 / (1 - rate);
        for (int i = 0; i < mask.rows(); i++) {
            for (int j = 0; j < mask.columns(); j++) {
                mask.set(i, j, random.randomSample() >= rate ? kept : 0);
            }
        }
    }

    @Override
    void computeGradients() {}

    @Override
    void inputGradient(Matrix target) {
        target.copy(delta());
        if (masked) {
            kernels.multiply(target, mask);
        }
    }

    /// m (n x units) of the last forward pass, which was one of training; null where it was not.
    public @Nullable Matrix mask() {
        return masked ? mask : null;
    }
}
