package dev.descent.model;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.PlacedLayer;
import java.util.List;

/// Sends every point of a plane through a network. For one thread.
public final class ReadSurface implements AutoCloseable {

    private static final int CHUNK = 1024;

    private final Interpretation model;
    private final Network network;
    private final Plane plane;
    private final Aspect aspect;
    private final Matrix inputs;
    private final Matrix probabilities;
    private final Objective objective;
    private final List<TargetAnswer> answers;
    private final TargetAnswer answer;

    /// Takes a network with room for [#capacity] rows, which [#close] closes.
    ReadSurface(Interpretation model, Network network, Plane plane, Aspect aspect) {
        this.model = model;
        this.network = network;
        this.plane = plane;
        this.aspect = aspect;
        int capacity = capacity(plane);
        inputs = Matrix.create(model.precision(), capacity, model.network().inputs());
        probabilities =
                Matrix.create(model.precision(), capacity, model.network().outputs());
        objective = new Objective(model.loss(), model.precision());
        answers = TargetAnswer.of(model, capacity);
        answer = answers.get(aspect.target());
    }

    /// For a network that is [#set] by others.
    public static ReadSurface create(Interpretation model, Plane plane, Aspect aspect) {
        Network network = Network.create(model.network(), model.precision(), capacity(plane), 1);
        return new ReadSurface(model, network, plane, aspect);
    }

    static int capacity(Plane plane) {
        return Math.min(CHUNK, plane.size());
    }

    /// Bytes of memory that reading takes, and so many surfaces.
    public static long bytes(NetworkSpec network, Plane plane, Aspect aspect, int frames) {
        long perRow = 2L * network.inputs();
        for (PlacedLayer layer : network.placedLayers()) {
            perRow += layer.numbersPerRow();
        }
        long weights = 3 * network.storedNumbers(); // with gradients, and packed for products
        return Double.BYTES * (weights + perRow * capacity(plane) + aspect.numbers(network, plane, frames));
    }

    /// Takes the weights and running statistics of another network of the same spec.
    public void set(Network trained) {
        List<Matrix> from = trained.stored();
        List<Matrix> to = network.stored();
        for (int i = 0; i < to.size(); i++) {
            to.get(i).copy(from.get(i));
        }
    }

    public Surface read() {
        Surface surface = empty();
        double[] encoded = new double[model.network().inputs()];
        for (int from = 0; from < plane.size(); from += CHUNK) {
            int count = Math.min(CHUNK, plane.size() - from);
            inputs.resize(count);
            for (int i = 0; i < count; i++) {
                model.features().encode(plane.cells(from + i), encoded);
                model.featureScaling().apply(encoded);
                for (int j = 0; j < encoded.length; j++) {
                    inputs.set(i, j, encoded[j]);
                }
            }
            Matrix output = network.forward(inputs);
            probabilities.resize(count);
            objective.probabilities(output, probabilities);
            answer.read(probabilities);
            fill(surface, from, count);
        }
        return surface;
    }

    private Surface empty() {
        int points = plane.size();
        Integer layer = aspect.layer();
        if (layer != null) {
            return new Surface.Units(
                    layer, aspect.units(), new double[aspect.units().size()][points]);
        }
        return answer.isNumber()
                ? new Surface.Numbers(answer.column(), new double[points])
                : new Surface.Classes(
                        answer.column(),
                        answer.classes(),
                        new int[points],
                        new double[answer.classes().size()][points],
                        answer.sharesAreProbabilities());
    }

    private void fill(Surface surface, int from, int count) {
        switch (surface) {
            case Surface.Numbers numbers -> {
                for (int i = 0; i < count; i++) {
                    numbers.values()[from + i] = answer.forecast(i).mean();
                }
            }
            case Surface.Classes classes -> {
                for (int i = 0; i < count; i++) {
                    classes.labels()[from + i] = answer.best(i);
                    for (int label = 0; label < classes.names().size(); label++) {
                        classes.shares()[label][from + i] = answer.share(i, label);
                    }
                }
            }
            case Surface.Units units -> {
                Matrix activation = network.layers().get(units.layer()).activation();
                for (int u = 0; u < units.units().size(); u++) {
                    for (int i = 0; i < count; i++) {
                        units.values()[u][from + i] =
                                activation.get(i, units.units().get(u));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
