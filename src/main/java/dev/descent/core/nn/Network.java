package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.linalg.Rows;
import dev.descent.core.linalg.Team;
import dev.descent.core.random.NumpyRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A network at work: layers with parameters, and buffers for a batch of up to `capacity` rows.
///
/// For one thread at a time. It may share its products over a [Team] of its own, which [#close] ends; how many threads
/// there are changes no bit of any result.
public final class Network implements AutoCloseable {

    private final NetworkSpec spec;
    private final Precision precision;
    private final int capacity;
    private final Team team;
    private final List<Layer> path; // the layers that feed one another
    private final List<Layer> layers; // those inside residual blocks too
    private final List<Parameter> parameters;
    private final List<Matrix> stored;

    private Network(NetworkSpec spec, Precision precision, int capacity, int threads) {
        this.spec = spec;
        this.precision = precision;
        this.capacity = capacity;
        team = Team.of(threads);
        List<Layer> made = new ArrayList<>();
        path = make(spec.layers(), spec.placedLayers().iterator(), Products.of(precision, team), made);
        layers = List.copyOf(made);
        parameters = parametersOf(layers);
        stored = storedOf(layers);
    }

    private List<Layer> make(List<LayerSpec> specs, Iterator<PlacedLayer> places, Products products, List<Layer> all) {
        List<Layer> made = new ArrayList<>();
        for (LayerSpec layer : specs) {
            Layer one = switch (layer) {
                case LayerSpec.Dense dense -> new DenseLayer(dense, places.next(), precision, capacity, products);
                case LayerSpec.Dropout dropout -> new DropoutLayer(dropout, places.next(), precision, capacity);
                case LayerSpec.BatchNormalization normalization ->
                    new BatchNormalizationLayer(normalization, places.next(), precision, capacity);
                case LayerSpec.Residual residual -> {
                    List<Layer> inside = make(residual.layers(), places, products, all);
                    yield new ResidualLayer(inside, places.next(), precision, capacity);
                }
            };
            made.add(one);
            all.add(one);
        }
        return List.copyOf(made);
    }

    private static List<Parameter> parametersOf(List<Layer> layers) {
        List<Parameter> parameters = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.weights() != null) {
                parameters.add(layer.weights());
            }
            if (layer.biases() != null) {
                parameters.add(layer.biases());
            }
        }
        return List.copyOf(parameters);
    }

    /// A network whose parameters are all zero until [#initialize] or [#load].
    public static Network create(NetworkSpec spec, Precision precision, int capacity, int threads) {
        return new Network(spec, precision, capacity, threads);
    }

    /// Draws every parameter, in layer order, weights before biases.
    public void initialize(NumpyRandom random) {
        for (Layer layer : layers) {
            layer.initialize(random);
        }
    }

    /// Takes the parameters and running statistics from plain numbers; refuses any whose shape differs, or that are
    /// not finite.
    public void load(List<LayerWeights> given) {
        LayerWeights.requireFit(spec, given);
        for (int i = 0; i < layers.size(); i++) {
            given.get(i).load(layers.get(i));
        }
    }

    /// All parameters and running statistics as plain numbers, copied.
    public List<LayerWeights> weights() {
        return layers.stream().map(LayerWeights::valuesOf).toList();
    }

    /// The gradients of the last [#backward] as plain numbers, copied.
    public List<LayerWeights> gradients() {
        return layers.stream().map(LayerWeights::gradientsOf).toList();
    }

    /// x (n x inputs) -> the last layer's activation (n x outputs), a view that the next pass overwrites. As for a
    /// prediction: dropout does nothing, batch normalisation uses its running statistics.
    public Matrix forward(Rows x) {
        return forward(x, Pass.EVALUATION, null);
    }

    /// The same as a step of training has it: `random` draws what dropout sets to 0, and batch normalisation uses the
    /// batch's statistics, for which a batch needs two rows.
    public Matrix forwardTraining(Rows x, NumpyRandom random) {
        return forward(x, Pass.TRAINING, random);
    }

    /// The same as the last [#forwardTraining] but for parameters that were changed since: nothing is drawn, the
    /// running
    /// statistics stay.
    public Matrix forwardAgain(Rows x) {
        return forward(x, Pass.REPETITION, null);
    }

    private Matrix forward(Rows x, Pass pass, @Nullable NumpyRandom random) {
        if (x.rows() > capacity) {
            throw new IllegalArgumentException(x.rows() + " rows; this network has buffers for " + capacity);
        }
        return Layer.forward(path, x, pass, random);
    }

    /// Where the objective writes dJ/da of the last layer (n x outputs) before [#backward].
    public Matrix outputGradient() {
        return path.getLast().delta();
    }

    /// Reads [#outputGradient] and leaves every layer's delta, dW and db.
    public void backward() {
        Layer.backward(path);
    }

    /// dJ/dx (n x inputs) of the last [#backward], in a new matrix.
    public Matrix inputGradient() {
        return inputGradient(path.getFirst());
    }

    /// dJ/d(input of `layer`) (n x its inputs) of the last [#backward], in a new matrix; penalties that were
    /// added to the gradients since are no part of it.
    public Matrix inputGradient(Layer layer) {
        Matrix gradient =
                Matrix.create(precision, layer.delta().rows(), layer.place().inputs());
        layer.inputGradientAnew(gradient);
        return gradient;
    }

    /// The first layer with a weight, bias or running statistic that is not a finite number; null when all are.
    public @Nullable Layer firstNonFiniteLayer() {
        for (int i = 0; i < layers.size(); i++) { // no iterator: training asks in its steps
            if (!isFinite(layers.get(i))) {
                return layers.get(i);
            }
        }
        return null;
    }

    /// SHA-256, in hexadecimal, of [#stored]: little-endian, in this network's precision.
    public String digest() {
        MessageDigest sha256 = sha256();
        for (Matrix matrix : stored()) {
            ByteBuffer bytes = ByteBuffer.allocate(matrix.rows() * matrix.columns() * precision.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            matrix.write(bytes);
            sha256.update(bytes.flip());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /// What makes the trained network: in layer order weights, biases and running statistics.
    public List<Matrix> stored() {
        return stored;
    }

    private static List<Matrix> storedOf(List<Layer> layers) {
        List<Matrix> stored = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.weights() != null) {
                stored.add(layer.weights().value());
            }
            if (layer.biases() != null) {
                stored.add(layer.biases().value());
            }
            stored.addAll(layer.statistics());
        }
        return List.copyOf(stored);
    }

    public NetworkSpec spec() {
        return spec;
    }

    public Precision precision() {
        return precision;
    }

    /// All layers in the order of computation; those inside a residual block come before the block.
    public List<Layer> layers() {
        return layers;
    }

    /// Every parameter in layer order, weights before biases.
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public void close() {
        team.close();
    }

    private static boolean isFinite(Layer layer) {
        Parameter weights = layer.weights();
        Parameter biases = layer.biases();
        if ((weights != null && !weights.value().isFinite())
                || (biases != null && !biases.value().isFinite())) {
            return false;
        }
        List<Matrix> statistics = layer.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            if (!statistics.get(i).isFinite()) {
                return false;
            }
        }
        return true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
