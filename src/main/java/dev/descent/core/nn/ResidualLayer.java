package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Rows;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `z = x + F(x)` with layers F inside; `dx = delta + dF/dx delta`.
public final class ResidualLayer extends Layer {

    private final List<Layer> inside;
    private final LayerKernels kernels;

    ResidualLayer(List<Layer> inside, PlacedLayer place, Precision precision, int capacity) {
        super(place, precision, capacity);
        this.inside = List.copyOf(inside);
        kernels = LayerKernels.of(precision);
    }

    /// The layers inside have drawn their own.
    @Override
    void initialize(NumpyRandom random) {}

    @Override
    void computePreActivation(Rows x, Pass pass, @Nullable NumpyRandom random) {
        preActivation().copy(Layer.forward(inside, x, pass, random));
        kernels.add(preActivation(), x.gathered());
    }

    /// Passes back through the layers inside.
    @Override
    void computeGradients() {
        inside.getLast().delta().copy(delta());
        Layer.backward(inside);
    }

    @Override
    void inputGradient(Matrix target) {
        inside.getFirst().inputGradient(target);
        kernels.add(target, delta());
    }

    @Override
    void inputGradientAnew(Matrix target) {
        inside.getFirst().inputGradientAnew(target);
        kernels.add(target, delta());
    }
}
