package dev.descent.core.mistake;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.mistake.Student.G;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A network of dense layers with weights, a batch and a loss, all drawn at random: what a student is
/// asked.
record Task(NetworkSpec spec, Student student) {

    /// 2 to 4 layers of 2 to 6 units on 2 to 9 rows.
    static Task draw(NumpyRandom random) {
        int layers = 2 + random.randint(3);
        int rows = 2 + random.randint(8);
        boolean square = random.randint(3) == 0;
        int width = 2 + random.randint(5);
        Loss loss = loss(random);
        int inputs = square ? width : 2 + random.randint(5);
        double[][][] w = new double[layers][][];
        double[][] b = new double[layers][];
        G[] g = new G[layers];
        int before = inputs;
        for (int l = 0; l < layers; l++) {
            int units = square ? width : 2 + random.randint(5);
            boolean probabilities = l == layers - 1 && !(loss instanceof Loss.SquaredError);
            g[l] = probabilities ? G.IDENTITY : G.values()[random.randint(G.values().length)];
            w[l] = normal(units, before, 0.7, random);
            b[l] = normal(1, units, 0.5, random)[0];
            before = units;
        }
        double[][] x = normal(rows, inputs, 1, random);
        double[][] y = normal(rows, before, 1, random);
        if (loss instanceof Loss.BinaryCrossEntropy) {
            for (double[] row : y) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = random.randint(2);
                }
            }
        } else if (loss instanceof Loss.SoftmaxCrossEntropy) {
            for (int i = 0; i < rows; i++) {
                y[i] = new double[before];
                y[i][random.randint(before)] = 1;
            }
        }
        return new Task(spec(inputs, w, g), new Student(w, b, g, loss, x, y).run());
    }

    /// A network with biases of 0.3.
    static Task of(double[][][] w, G[] g, Loss loss, double[][] x, double[][] y) {
        double[][] b = new double[w.length][];
        for (int l = 0; l < w.length; l++) {
            b[l] = new double[w[l].length];
            Arrays.fill(b[l], 0.3);
        }
        return new Task(spec(x[0].length, w, g), new Student(w, b, g, loss, x, y).run());
    }

    private static Loss loss(NumpyRandom random) {
        Reduction reduction = random.randint(3) == 0 ? Reduction.SUM : Reduction.MEAN;
        return switch (random.randint(4)) {
            case 0 -> new Loss.BinaryCrossEntropy(reduction, 1);
            case 1 -> new Loss.SoftmaxCrossEntropy(reduction, 1);
            case 2 -> new Loss.SquaredError(reduction, 0.5);
            default -> new Loss.SquaredError(reduction, 1);
        };
    }

    static double[][] normal(int rows, int columns, double deviation, NumpyRandom random) {
        double[][] drawn = new double[rows][columns];
        for (double[] row : drawn) {
            for (int j = 0; j < columns; j++) {
                row[j] = deviation * random.randn();
            }
        }
        return drawn;
    }

    private static NetworkSpec spec(int inputs, double[][][] w, G[] g) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int l = 0; l < w.length; l++) {
            layers.add(new LayerSpec.Dense(
                    w[l].length, activation(g[l]), true, new Initializer.Zeros(), new Initializer.Zeros()));
        }
        return new NetworkSpec(inputs, layers);
    }

    private static Activation activation(G g) {
        return switch (g) {
            case IDENTITY -> new Activation.Identity();
            case SIGMOID -> new Activation.Sigmoid();
            case TANH -> new Activation.Tanh();
            case RELU -> new Activation.Relu();
            case LEAKY -> new Activation.LeakyRelu(0.01);
            case SOFTPLUS -> new Activation.Softplus();
            case SINE -> new Activation.Sine();
        };
    }

    /// What the service says of these answers.
    Diagnosis diagnose(Answers answers, @Nullable WeightUpdate update) {
        try (Network network = Network.create(spec, Precision.FLOAT64, student.x.length, 1)) {
            List<LayerWeights> weights = new ArrayList<>();
            for (int l = 0; l < student.w.length; l++) {
                weights.add(new LayerWeights(student.w[l], student.b[l]));
            }
            network.load(weights);
            Matrix output = network.forwardTraining(Matrix.of(Precision.FLOAT64, student.x), new NumpyRandom(0));
            new Objective(student.loss, Precision.FLOAT64)
                    .evaluate(output, Matrix.of(Precision.FLOAT64, student.y), null, network.outputGradient());
            network.backward();
            return Diagnosis.of(network, student.loss, student.y, answers, update);
        }
    }
}
