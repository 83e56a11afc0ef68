package dev.descent.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class SecondOrderTest {

    private static final JsonNode REFERENCE = Golden.resource("reference/optimizers.json");

    /// Decompositions and sums run in another order than LAPACK's, and a path multiplies what that makes of the
    /// last bit.
    private static final double TOLERANCE = 1e-9;

    /// A wave or Rosenbrock's valley, over one parameter.
    private record Problem(String name, double[][] coefficients, Parameter parameter) {

        double evaluate() {
            Matrix w = parameter.value();
            Matrix g = parameter.gradient();
            if (name.equals("rosenbrock")) {
                double x = w.get(0, 0);
                double y = w.get(0, 1);
                g.set(0, 0, -2 * (1 - x) - 400 * x * (y - x * x));
                g.set(0, 1, 200 * (y - x * x));
                return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
            }
            double sum = 0;
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    double value = w.get(i, j);
                    sum += coefficients[i][j] * value * value + StrictMath.sin(3 * value);
                    g.set(i, j, 2 * coefficients[i][j] * value + 3 * StrictMath.cos(3 * value));
                }
            }
            return sum;
        }
    }

    @Test
    void lbfgsTakesPyTorchsPath() {
        for (JsonNode run : REFERENCE.get("lbfgs")) {
            LineSearch search =
                    run.get("lineSearch").stringValue().equals("none") ? LineSearch.NONE : LineSearch.STRONG_WOLFE;
            double rate = run.get("learningRate").doubleValue();
            var rule = new Optimizer.Lbfgs(rate, run.get("history").intValue(), search);
            Problem problem = new Problem(
                    run.get("problem").stringValue(),
                    Golden.matrix(REFERENCE.get("A")),
                    Parameters.of(Precision.FLOAT64, Layout.BY_ROWS, Golden.matrix(run.get("start"))));
            follow(rule, problem, rate, run.get("path"), TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void lbfgsComesDownRosenbrocksValley(Precision precision) {
        double[][] start = {{-1.2, 1.0}};
        Problem problem = new Problem("rosenbrock", start, Parameters.of(precision, Layout.BY_ROWS, start));
        var rule = new Optimizer.Lbfgs(1, 10, LineSearch.STRONG_WOLFE);
        OptimizerRun run = OptimizerRun.start(rule, List.of(problem.parameter()), precision);
        for (int step = 0; step < 60; step++) {
            run.step(1, problem.evaluate(), problem::evaluate);
        }
        assertThat(problem.parameter().value().get(0, 0))
                .isCloseTo(1, within(precision == Precision.FLOAT64 ? 1e-5 : 1e-2));
    }

    @Test
    void lbfgsStaysWhereEveryOtherPointIsNoNumber() {
        Parameter parameter = Parameters.of(Precision.FLOAT64, Layout.BY_ROWS, new double[][] {{1, 2}});
        var rule = new Optimizer.Lbfgs(1, 10, LineSearch.STRONG_WOLFE);
        OptimizerRun run = OptimizerRun.start(rule, List.of(parameter), Precision.FLOAT64);
        parameter.gradient().set(0, 0, 1);
        run.step(1, 5, () -> Double.NaN);
        assertThat(parameter.value().toRows()).isDeepEqualTo(new double[][] {{1, 2}});
    }

    @Test
    void shampooTakesTheReferencesPath() {
        for (JsonNode run : REFERENCE.get("shampoo")) {
            double rate = run.get("learningRate").doubleValue();
            var rule = new Optimizer.Shampoo(
                    rate, run.get("epsilon").doubleValue(), run.get("every").intValue(), 0);
            Problem problem = new Problem(
                    "wave",
                    Golden.matrix(run.get("coefficients")),
                    Parameters.of(Precision.FLOAT64, Layout.BY_ROWS, Golden.matrix(run.get("start"))));
            follow(rule, problem, rate, run.get("path"), TOLERANCE);
        }
    }

    @Test
    void kfacTakesTheReferencesPath() {
        for (JsonNode reference : REFERENCE.get("kfac")) {
            double rate = reference.get("learningRate").doubleValue();
            var rule = new Optimizer.Kfac(
                    rate,
                    reference.get("damping").doubleValue(),
                    reference.get("decay").doubleValue(),
                    reference.get("every").intValue(),
                    0);
            double[][] y = Golden.matrix(reference.get("y"));
            Matrix x = Matrix.of(Precision.FLOAT64, Golden.matrix(reference.get("x")));
            try (Network network = Network.create(network(3, 4, 2), Precision.FLOAT64, x.rows(), 1)) {
                network.load(List.of(
                        weights(reference.get("start").get(0)),
                        weights(reference.get("start").get(1))));
                OptimizerRun run = OptimizerRun.start(rule, network);
                for (JsonNode expected : reference.get("path")) {
                    Matrix output = network.forward(x);
                    for (int i = 0; i < y.length; i++) {
                        for (int j = 0; j < y[i].length; j++) {
                            network.outputGradient().set(i, j, (output.get(i, j) - y[i][j]) / y.length);
                        }
                    }
                    network.backward();
                    run.step(rate);
                    for (int layer = 0; layer < 2; layer++) {
                        LayerWeights found = network.weights().get(layer);
                        double[][] w = Golden.matrix(expected.get(layer).get("weights"));
                        double[] b = Golden.vector(expected.get(layer).get("biases"));
                        Golden.assertClose("weights", found.weights(), w, TOLERANCE, 0.1);
                        Golden.assertClose(
                                "biases", new double[][] {found.biases()}, new double[][] {b}, TOLERANCE, 0.1);
                    }
                }
            }
        }
    }

    @Test
    void everyOptimizerIsComparedWithAnOutsideOne() {
        Set<Class<?>> compared =
                new HashSet<>(Set.of(Optimizer.Lbfgs.class, Optimizer.Kfac.class, Optimizer.Shampoo.class));
        OptimizersTest.paths().forEach(path -> compared.add(path.optimizer().getClass()));
        assertThat(compared).containsExactlyInAnyOrder(Optimizer.class.getPermittedSubclasses());
    }

    private static void follow(Optimizer rule, Problem problem, double rate, JsonNode path, double tolerance) {
        OptimizerRun run = OptimizerRun.start(rule, List.of(problem.parameter()), Precision.FLOAT64);
        assertThat(path.size()).isPositive();
        for (int step = 0; step < path.size(); step++) {
            run.step(rate, problem.evaluate(), problem::evaluate);
            double[][] found = problem.parameter().value().toRows();
            Golden.assertClose(rule + " step " + step, found, Golden.matrix(path.get(step)), tolerance, 0.1);
        }
    }

    private static NetworkSpec network(int inputs, int hidden, int outputs) {
        Initializer zeros = new Initializer.Zeros();
        return new NetworkSpec(
                inputs,
                List.of(
                        new LayerSpec.Dense(hidden, new Activation.Tanh(), true, zeros, zeros),
                        new LayerSpec.Dense(outputs, new Activation.Identity(), true, zeros, zeros)));
    }

    private static LayerWeights weights(JsonNode layer) {
        return new LayerWeights(Golden.matrix(layer.get("weights")), Golden.vector(layer.get("biases")));
    }
}
