package dev.descent.core.nn;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Rows;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layer at work: its parameters, and what the last batch of n rows left in it.
///
/// Every kind computes a pre-activation z from its input x, then `a = g(z)`; backwards it turns dJ/da into
/// `delta = dJ/dz`, and that into the gradients of its parameters and of x.
public abstract sealed class Layer permits DenseLayer, DropoutLayer, BatchNormalizationLayer, ResidualLayer {

    private final PlacedLayer place;
    private final Activation g;
    private final Activations activations;
    private final Matrix preActivation;
    private final Matrix activation;
    private final Matrix delta;
    private Rows input;

    Layer(PlacedLayer place, Precision precision, int capacity) {
        this.place = place;
        g = place.layer().activation();
        activations = Activations.of(precision);
        int units = place.units();
        preActivation = Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
        activation = g instanceof Activation.Identity
                ? preActivation
                : Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
        delta = Matrix.create(precision, capacity, units, Layout.BY_COLUMNS);
        input = Matrix.create(precision, 0, place.inputs());
    }

    /// x -> the activation of the last of these layers, each of which feeds the next.
    static Matrix forward(List<Layer> layers, Rows x, Pass pass, @Nullable NumpyRandom random) {
        Matrix a = layers.getFirst().forward(x, pass, random);
        for (int i = 1; i < layers.size(); i++) {
            a = layers.get(i).forward(a, pass, random);
        }
        return a;
    }

    /// Expects dJ/da in the last layer's delta; leaves every delta and every parameter's gradient.
    static void backward(List<Layer> layers) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            layers.get(i).backward();
            if (i > 0) {
                layers.get(i).inputGradient(layers.get(i - 1).delta());
            }
        }
    }

    /// Sets the parameters to what training starts from; draws the weights, then the biases, row by row.
    abstract void initialize(NumpyRandom random);

    /// x (n x in) -> a (n x units), both kept for [#backward].
    final Matrix forward(Rows x, Pass pass, @Nullable NumpyRandom random) {
        input = x;
        preActivation.resize(x.rows());
        activation.resize(x.rows());
        delta.resize(x.rows());
        computePreActivation(x, pass, random);
        if (activation != preActivation && !activates()) {
            activations.forward(g, preActivation, activation);
        }
        return activation;
    }

    /// Fills [#preActivation], already of x's rows; `random` is there in a training pass.
    abstract void computePreActivation(Rows x, Pass pass, @Nullable NumpyRandom random);

    /// Whether [#computePreActivation] fills [#activation] too.
    boolean activates() {
        return false;
    }

    /// Expects dJ/da in [#delta]; leaves dJ/dz there and the gradients in the parameters.
    final void backward() {
        activations.backward(g, preActivation, activation, delta);
        computeGradients();
    }

    /// Leaves the gradients of the parameters, reading [#delta] and [#inputRows].
    abstract void computeGradients();

    /// Writes dJ/dx (n x in) of the last [#backward].
    abstract void inputGradient(Matrix target);

    /// The same when the gradients of the parameters have been changed since.
    void inputGradientAnew(Matrix target) {
        inputGradient(target);
    }

    public final PlacedLayer place() {
        return place;
    }

    /// W (units x in) of a dense layer, gamma (1 x units) of a batch normalisation, with its gradient; null where the
    /// layer has no weights.
    public @Nullable Parameter weights() {
        return null;
    }

    /// b, or beta (1 x units), and its gradient; null where the layer has none.
    public @Nullable Parameter biases() {
        return null;
    }

    /// Running mean and running variance (1 x units each) of a batch normalisation; empty for all others.
    public List<Matrix> statistics() {
        return List.of();
    }

    /// x (n x in) of the last forward pass.
    public final Matrix input() {
        return input.gathered();
    }

    /// The same, where they stand.
    final Rows inputRows() {
        return input;
    }

    /// z (n x units) of the last forward pass.
    public final Matrix preActivation() {
        return preActivation;
    }

    /// a (n x units) of the last forward pass; the same matrix as z where the activation is the identity.
    public final Matrix activation() {
        return activation;
    }

    /// dJ/dz (n x units) of the last backward pass.
    public final Matrix delta() {
        return delta;
    }
}
