package dev.descent.core.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OptimizersTest {

    record Path(String name, Optimizer optimizer) {}

    static List<Path> paths() {
        return List.of(
                new Path("sgd(lr=0.1)", new Optimizer.Sgd(0.1, 0)),
                new Path("sgd(lr=0.1,weight_decay=0.01)", new Optimizer.Sgd(0.1, 0.01)),
                new Path("momentum(lr=0.05,momentum=0.9)", new Optimizer.Momentum(0.05, 0.9, 0)),
                new Path("nesterov(lr=0.05,momentum=0.9)", new Optimizer.Nesterov(0.05, 0.9, 0)),
                new Path("rmsprop(lr=0.01,alpha=0.99,eps=1e-8)", new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0, false, 0)),
                new Path("rmsprop(lr=0.01,centered)", new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0.5, true, 0)),
                new Path("adagrad(lr=0.1)", new Optimizer.Adagrad(0.1, 1e-10, 0)),
                new Path("adadelta(lr=1.0,rho=0.9,eps=1e-6)", new Optimizer.Adadelta(1, 0.9, 1e-6, 0)),
                new Path("adam(lr=0.01)", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0)),
                new Path("adam(lr=0.01,weight_decay=0.1)", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0.1)),
                new Path("amsgrad(lr=0.01)", new Optimizer.AmsGrad(0.01, 0.9, 0.999, 1e-8, 0)),
                new Path("adamw(lr=0.01,weight_decay=0.1)", new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-8, 0.1)),
                new Path("adamax(lr=0.01)", new Optimizer.Adamax(0.01, 0.9, 0.999, 1e-8, 0)),
                new Path("nadam(lr=0.01)", new Optimizer.Nadam(0.01, 0.9, 0.999, 1e-8, 0, 4e-3)),
                new Path("radam(lr=0.01)", new Optimizer.Radam(0.01, 0.9, 0.999, 1e-8, 0)),
                new Path("rprop(lr=0.01)", new Optimizer.Rprop(0.01, 0.5, 1.2, 1e-6, 50)));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void tenStepsArePyTorchs(Path path) {
        follow(path, Precision.FLOAT64, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void tenStepsInFloat32StayNear(Path path) {
        follow(path, Precision.FLOAT32, 1e-5);
    }

    @Test
    void everyGoldenPathIsFollowed() {
        Set<String> names = new HashSet<>();
        paths().forEach(path -> names.add(path.name()));
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Golden.read("optimizers.json").get("paths").propertyNames());
    }

    private static void follow(Path path, Precision precision, double tolerance) {
        JsonNode golden = Golden.read("optimizers.json");
        double[][] a = Golden.matrix(golden.get("A"));
        Parameter parameter = Parameters.of(precision, Layout.BY_ROWS, Golden.matrix(golden.get("w0")));
        Matrix w = parameter.value();
        OptimizerRun run = OptimizerRun.start(path.optimizer(), List.of(parameter), precision);
        JsonNode steps = golden.get("paths").get(path.name());
        for (int step = 0; step < steps.size(); step++) {
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    double value = w.get(i, j);
                    parameter.gradient().set(i, j, 2 * a[i][j] * value + 3 * StrictMath.cos(3 * value));
                }
            }
            run.step(path.optimizer().learningRate());
            Golden.assertClose(
                    path.name() + " step " + step, w.toRows(), Golden.matrix(steps.get(step)), tolerance, 0.1);
        }
    }
}
