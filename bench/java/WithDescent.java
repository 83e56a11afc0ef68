import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.linalg.Team;
import dev.descent.core.linalg.Vectors;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import dev.descent.core.train.Batches;
import dev.descent.core.train.Length;
import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingObserver;
import dev.descent.core.train.TrainingSpec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.function.Supplier;

/// Descent at the work named, over as many threads as told: a contender of [Compare].
final class WithDescent {

    private static final int ROWS = 50_000;
    private static final int SIZE = 1024;

    static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        Supplier<Time> burst = switch (arguments[0]) {
            case "lecture" -> training(lecture(20_000), parabola(), new Keeper(20_000, 12));
            case "mnist" -> training(mnist(1000, threads), images(), new Clock(1000));
            case "wide" -> training(wide(40, threads), images(), new Clock(40));
            default -> product(threads);
        };
        System.out.println("ready, Java " + Runtime.version() + (Vectors.AVAILABLE ? "" : ", WITHOUT vectors"));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        while (orders.readLine() != null) {
            System.out.println(burst.get());
        }
    }

    private static Supplier<Time> training(TrainingSpec spec, TrainingData data, Clock clock) {
        return () -> {
            try (Trainer trainer = Trainer.start(spec, data)) {
                trainer.run(clock);
                return clock.perStep(Time.now());
            }
        };
    }

    static TrainingSpec lecture(int steps) {
        return spec(
                new NetworkSpec(2, List.of(dense(4, new Activation.Relu(), false), output(1, false))),
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                new Optimizer.Sgd(0.001, 0),
                new Batches.Full(),
                steps,
                Precision.FLOAT64,
                1);
    }

    static TrainingSpec mnist(int steps, int threads) {
        return spec(
                new NetworkSpec(784, List.of(dense(100, new Activation.Sigmoid(), true), output(10, true))),
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                new Batches.Shuffled(100),
                steps,
                Precision.FLOAT32,
                threads);
    }

    private static TrainingSpec wide(int steps, int threads) {
        return spec(
                new NetworkSpec(
                        784,
                        List.of(
                                dense(1024, new Activation.Relu(), true),
                                dense(1024, new Activation.Relu(), true),
                                output(10, true))),
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                new Batches.Shuffled(256),
                steps,
                Precision.FLOAT32,
                threads);
    }

    private static TrainingSpec spec(
            NetworkSpec network, Loss loss, Optimizer optimizer, Batches batches, int steps, Precision precision, int threads) {
        return new TrainingSpec(
                network, null, loss, optimizer, batches, new Length.Steps(steps), precision, 10, threads, 0);
    }

    private static LayerSpec output(int units, boolean bias) {
        return dense(units, new Activation.Identity(), bias);
    }

    private static LayerSpec dense(int units, Activation activation, boolean bias) {
        return new LayerSpec.Dense(
                units, activation, bias, new Initializer.GlorotUniform(), new Initializer.Zeros());
    }

    static TrainingData parabola() {
        NumpyRandom random = new NumpyRandom(100);
        Matrix inputs = Matrix.create(Precision.FLOAT64, 100, 2);
        Matrix targets = Matrix.create(Precision.FLOAT64, 100, 1);
        for (int i = 0; i < 100; i++) {
            double x = i * 20.0 / 99 - 10;
            inputs.set(i, 0, 1);
            inputs.set(i, 1, x);
            targets.set(i, 0, x * x + 0.1 * random.randn());
        }
        return new TrainingData(inputs, targets, null, null);
    }

    /// As many rows as MNIST has for training, of uniform numbers.
    static TrainingData images() {
        NumpyRandom random = new NumpyRandom(1);
        Matrix inputs = Matrix.create(Precision.FLOAT32, ROWS, 784);
        Matrix targets = Matrix.create(Precision.FLOAT32, ROWS, 10);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 784; j++) {
                inputs.set(i, j, random.uniform(0, 1));
            }
            targets.set(i, random.randint(10), 1);
        }
        return new TrainingData(inputs, targets, null, null);
    }

    private static Supplier<Time> product(int threads) {
        NumpyRandom random = new NumpyRandom(1);
        Matrix d = Matrix.create(Precision.FLOAT32, SIZE, SIZE);
        Matrix w = Matrix.create(Precision.FLOAT32, SIZE, SIZE);
        Matrix y = Matrix.create(Precision.FLOAT32, SIZE, SIZE);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                d.set(i, j, random.randn());
                w.set(i, j, random.randn());
            }
        }
        Products products = Products.of(Precision.FLOAT32, Team.of(threads));
        return () -> {
            int times = 40;
            Time start = Time.now();
            for (int i = 0; i < times; i++) {
                products.multiply(d, w, y);
            }
            return Time.now().since(start, times);
        };
    }

    /// Times a run from its tenth part on.
    private static class Clock implements TrainingObserver {

        private final int steps;
        private final int begin;
        private Time start = Time.now();

        Clock(int steps) {
            this.steps = steps;
            begin = steps / 10;
        }

        @Override
        public void onStep(Step step) {
            if (step.index() == begin) {
                start = Time.now();
            }
        }

        Time perStep(Time end) {
            return end.since(start, steps - begin);
        }
    }

    /// Keeps every loss and every gradient as well.
    private static final class Keeper extends Clock {

        private final double[] losses;
        private final double[] gradients;
        private List<Parameter> parameters = List.of();
        private int next;

        Keeper(int steps, int numbers) {
            super(steps);
            losses = new double[steps];
            gradients = new double[steps * numbers];
        }

        @Override
        public void onStep(Step step) {
            if (step.index() == 0) {
                parameters = step.network().parameters();
                next = 0;
            }
            losses[(int) step.index()] = step.batchLoss();
            for (int p = 0; p < parameters.size(); p++) {
                Matrix gradient = parameters.get(p).gradient();
                for (int i = 0; i < gradient.rows(); i++) {
                    for (int j = 0; j < gradient.columns(); j++) {
                        gradients[next++] = gradient.get(i, j);
                    }
                }
            }
            super.onStep(step);
        }
    }
}
