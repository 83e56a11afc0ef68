package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.random.NumpyRandom;
import org.jspecify.annotations.Nullable;

/// `z = x W^T + b`; `dW = delta^T x`, `db` = sum of delta's rows, `dx = delta W`.
public final class DenseLayer extends Layer {

    private final LayerSpec.Dense spec;
    private final Products products;
    private final Parameter weights;
    private final @Nullable Parameter biases;

    DenseLayer(LayerSpec.Dense spec, PlacedLayer place, Precision precision, int capacity, Products products) {
        super(place, precision, capacity);
        this.spec = spec;
        this.products = products;
        weights = Parameter.create(precision, Parameter.Role.WEIGHTS, spec.units(), place.inputs());
        biases = spec.bias() ? Parameter.create(precision, Parameter.Role.BIASES, 1, spec.units()) : null;
    }

    @Override
    void initialize(NumpyRandom random) {
        int fanIn = weights.value().columns();
        int fanOut = weights.value().rows();
        spec.weightInitializer().fill(weights.value(), fanIn, fanOut, random);
        if (biases != null) {
            spec.biasInitializer().fill(biases.value(), fanIn, fanOut, random);
        }
    }

    @Override
    void computePreActivation(Matrix x, Pass pass, @Nullable NumpyRandom random) {
        products.multiplyTransposed(x, weights.value(), preActivation());
        if (biases != null) {
            products.addRow(biases.value(), preActivation());
        }
    }

    @Override
    void computeGradients() {
        products.transposedMultiply(delta(), input(), weights.gradient());
        if (biases != null) {
            products.sumRows(delta(), biases.gradient());
        }
    }

    @Override
    void inputGradient(Matrix target) {
        products.multiply(delta(), weights.value(), target);
    }

    @Override
    public Parameter weights() {
        return weights;
    }

    @Override
    public @Nullable Parameter biases() {
        return biases;
    }
}
