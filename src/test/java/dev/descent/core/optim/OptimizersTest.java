package dev.descent.core.optim;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.List;
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
                new Path("adam(lr=0.01)", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0)),
                new Path("adam(lr=0.01,weight_decay=0.1)", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0.1)));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void tenStepsArePyTorchs(Path path) {
        follow(path, Precision.FLOAT64, 1e-9);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void tenStepsInFloat32StayNear(Path path) {
        follow(path, Precision.FLOAT32, 1e-5);
    }

    private static void follow(Path path, Precision precision, double tolerance) {
        JsonNode golden = Golden.read("optimizers.json");
        double[][] a = Golden.matrix(golden.get("A"));
        Matrix w = Matrix.of(precision, Golden.matrix(golden.get("w0")));
        Matrix g = Matrix.create(precision, w.rows(), w.columns());
        OptimizerRun run = OptimizerRun.start(path.optimizer(), List.of(new Parameter(Parameter.Role.WEIGHTS, w, g)), precision);
        JsonNode steps = golden.get("paths").get(path.name());
        for (int step = 0; step < steps.size(); step++) {
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    double value = w.get(i, j);
                    g.set(i, j, 2 * a[i][j] * value + 3 * StrictMath.cos(3 * value));
                }
            }
            run.step(path.optimizer().learningRate());
            Golden.assertClose(
                    path.name() + " step " + step, w.toRows(), Golden.matrix(steps.get(step)), tolerance, 0.1);
        }
    }
}
