package dev.descent.core.nn;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.random.NumpyRandom;
import org.jspecify.annotations.Nullable;

/// A dense layer at work: its parameters, and what the last batch of n rows left in it.
///
/// `z = x W^T + b`, `a = g(z)`, `delta = dJ/dz`, `dW = delta^T x`, `db` = sum of delta's rows.
public final class Layer {

    private final LayerSpec.Dense spec;
    private final Products products;
    private final Activations activations;
    private final Parameter weights;
    private final @Nullable Parameter biases;
    private final Matrix preActivation;
    private final Matrix activation;
    private final Matrix delta;
    private Matrix input;

    Layer(LayerSpec.Dense spec, int inputs, Precision precision, int capacity, Products products) {
        this.spec = spec;
        this.products = products;
        this.activations = Activations.of(precision);
        int units = spec.units();
        weights = Parameter.create(precision, units, inputs);
        biases = spec.bias() ? Parameter.create(precision, 1, units) : null;
        preActivation = Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
        activation = spec.activation() instanceof Activation.Identity
                ? preActivation
                : Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
        delta = Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
        input = Matrix.create(precision, 0, inputs);
    }

    /// Draws the weights, then the biases, row by row.
    void initialize(NumpyRandom random) {
        int fanIn = weights.value().columns();
        int fanOut = weights.value().rows();
        spec.weightInitializer().fill(weights.value(), fanIn, fanOut, random);
        if (biases != null) {
            spec.biasInitializer().fill(biases.value(), fanIn, fanOut, random);
        }
    }

    /// x (n x in) -> a (n x units), both kept for [#backward].
    Matrix forward(Matrix x) {
        input = x;
        preActivation.resize(x.rows());
        activation.resize(x.rows());
        delta.resize(x.rows());
        products.multiplyTransposed(x, weights.value(), preActivation);
        if (biases != null) {
            products.addRow(biases.value(), preActivation);
        }
        if (activation != preActivation) {
            activations.forward(spec.activation(), preActivation, activation);
        }
        return activation;
    }

    /// Expects dJ/da in [#delta]; leaves dJ/dz there and dJ/dW, dJ/db in the parameters.
    void backward() {
        activations.backward(spec.activation(), preActivation, activation, delta);
        products.transposedMultiply(delta, input, weights.gradient());
        if (biases != null) {
            products.sumRows(delta, biases.gradient());
        }
    }

    /// Writes dJ/dx (n x in) of the last [#backward].
    void inputGradient(Matrix target) {
        products.multiply(delta, weights.value(), target);
    }

    public LayerSpec.Dense spec() {
        return spec;
    }

    /// W (units x in) and its gradient.
    public Parameter weights() {
        return weights;
    }

    /// b (1 x units) and its gradient; null where the layer has none.
    public @Nullable Parameter biases() {
        return biases;
    }

    /// x (n x in) of the last forward pass.
    public Matrix input() {
        return input;
    }

    /// z (n x units) of the last forward pass.
    public Matrix preActivation() {
        return preActivation;
    }

    /// a (n x units) of the last forward pass; the same matrix as z where the activation is the identity.
    public Matrix activation() {
        return activation;
    }

    /// dJ/dz (n x units) of the last backward pass.
    public Matrix delta() {
        return delta;
    }
}
