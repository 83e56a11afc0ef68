package dev.descent.core.nn;

import dev.descent.core.linalg.Epilogue;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.linalg.Rows;
import dev.descent.core.random.NumpyRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `z = x W^T + b`; `dW = delta^T x`, `db` = sum of delta's rows, `dx = delta W`.
public final class DenseLayer extends Layer {

    /// Multiply-adds below which handing pieces to the activation costs more than finding them in the cache saves.
    private static final long WORTH_FUSING = 1L << 16;

    private final LayerSpec.Dense spec;
    private final boolean activates;
    private final Products products;
    private final Activations[] activations; // one a thread
    private final Epilogue activate = this::activate;
    private final Parameter weights;
    private final @Nullable Parameter biases;

    DenseLayer(LayerSpec.Dense spec, PlacedLayer place, Precision precision, int capacity, Products products) {
        super(place, precision, capacity);
        this.spec = spec;
        activates = (long) capacity * place.inputs() * spec.units() >= WORTH_FUSING
                && !(spec.activation() instanceof Activation.Identity)
                && !(spec.activation() instanceof Activation.Softmax);
        this.products = products;
        activations = new Activations[products.parts()];
        Arrays.setAll(activations, part -> Activations.of(precision));
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
    void computePreActivation(Rows x, Pass pass, @Nullable NumpyRandom random) {
        products.affine(
                x,
                weights.value(),
                biases == null ? null : biases.value(),
                preActivation(),
                activates ? activate : null);
    }

    @Override
    boolean activates() {
        return activates;
    }

    /// Activates what the product has finished, on the thread that computed it.
    private void activate(int part, int firstRow, int lastRow, int firstColumn, int lastColumn) {
        activations[part].forward(
                spec.activation(), preActivation(), activation(), firstRow, lastRow, firstColumn, lastColumn);
    }

    @Override
    void computeGradients() {
        products.transposedMultiply(delta(), inputRows(), weights.gradient());
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
