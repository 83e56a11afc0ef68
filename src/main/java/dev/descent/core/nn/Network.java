package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.linalg.Team;
import dev.descent.core.random.NumpyRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private final List<Layer> layers;

    private Network(NetworkSpec spec, Precision precision, int capacity, int threads) {
        this.spec = spec;
        this.precision = precision;
        this.capacity = capacity;
        team = Team.of(threads);
        Products products = Products.of(precision, team);
        List<Layer> made = new ArrayList<>();
        int inputs = spec.inputs();
        for (LayerSpec layer : spec.layers()) {
            switch (layer) {
                case LayerSpec.Dense dense -> {
                    made.add(new Layer(dense, inputs, precision, capacity, products));
                    inputs = dense.units();
                }
            }
        }
        layers = List.copyOf(made);
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

    /// Takes the parameters from plain numbers; refuses any whose shape differs, or that are not finite.
    public void load(List<LayerWeights> given) {
        LayerWeights.requireFit(spec, given);
        for (int i = 0; i < layers.size(); i++) {
            copy(given.get(i).weights(), layers.get(i).weights().value());
            Parameter biases = layers.get(i).biases();
            double[] values = given.get(i).biases();
            if (biases != null && values != null) {
                copy(new double[][] {values}, biases.value());
            }
        }
    }

    /// All parameters as plain numbers, copied.
    public List<LayerWeights> weights() {
        return layers.stream().map(layer -> copyOf(layer, false)).toList();
    }

    /// The gradients of the last [#backward] as plain numbers, copied.
    public List<LayerWeights> gradients() {
        return layers.stream().map(layer -> copyOf(layer, true)).toList();
    }

    /// x (n x inputs) -> the last layer's activation (n x outputs), a view that the next pass overwrites.
    public Matrix forward(Matrix x) {
        if (x.rows() > capacity) {
            throw new IllegalArgumentException(x.rows() + " rows; this network has buffers for " + capacity);
        }
        Matrix a = x;
        for (Layer layer : layers) {
            a = layer.forward(a);
        }
        return a;
    }

    /// Where the objective writes dJ/da of the last layer (n x outputs) before [#backward].
    public Matrix outputGradient() {
        return layers.getLast().delta();
    }

    /// Reads [#outputGradient] and leaves every layer's delta, dW and db.
    public void backward() {
        for (int i = layers.size() - 1; i >= 0; i--) {
            layers.get(i).backward();
            if (i > 0) {
                layers.get(i).inputGradient(layers.get(i - 1).delta());
            }
        }
    }

    /// dJ/dx (n x inputs) of the last [#backward], in a new matrix.
    public Matrix inputGradient() {
        return inputGradient(0);
    }

    /// dJ/d(input of layer `index`) (n x its inputs) of the last [#backward], in a new matrix.
    public Matrix inputGradient(int index) {
        Layer layer = layers.get(index);
        Matrix gradient = Matrix.create(
                precision, layer.delta().rows(), layer.weights().value().columns());
        layer.inputGradient(gradient);
        return gradient;
    }

    /// The index of the first layer with a weight or bias that is not a finite number; -1 when all are.
    public int firstNonFiniteLayer() {
        for (int i = 0; i < layers.size(); i++) {
            Parameter biases = layers.get(i).biases();
            if (!layers.get(i).weights().value().isFinite()
                    || (biases != null && !biases.value().isFinite())) {
                return i;
            }
        }
        return -1;
    }

    /// SHA-256, in hexadecimal, of all weights and biases in layer order: little-endian, in this network's precision.
    public String digest() {
        MessageDigest sha256 = sha256();
        for (Parameter parameter : parameters()) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(parameter.size() * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            parameter.value().write(bytes);
            sha256.update(bytes.flip());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    public NetworkSpec spec() {
        return spec;
    }

    public Precision precision() {
        return precision;
    }

    public List<Layer> layers() {
        return layers;
    }

    /// Every parameter in layer order, weights before biases.
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (Layer layer : layers) {
            parameters.add(layer.weights());
            Parameter biases = layer.biases();
            if (biases != null) {
                parameters.add(biases);
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        team.close();
    }

    private static LayerWeights copyOf(Layer layer, boolean gradient) {
        Parameter biases = layer.biases();
        double @Nullable [] row = biases == null ? null : part(biases, gradient).toRows()[0];
        return new LayerWeights(part(layer.weights(), gradient).toRows(), row);
    }

    private static Matrix part(Parameter parameter, boolean gradient) {
        return gradient ? parameter.gradient() : parameter.value();
    }

    private static void copy(double[][] rows, Matrix target) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                target.set(i, j, rows[i][j]);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
