package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.LineSearch;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.OptimizerRun;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An optimizer goes on from what was kept of it, whatever the gradients: here they are those of no function, so that
/// L-BFGS meets as much downward curvature, of which it learns nothing, as upward.
class OptimizerStateTest {

    private static final int STEPS = 60;
    private static final int FURTHER = 2;

    private static List<Optimizer> optimizers() {
        return Stream.concat(
                        EveryOptimizerTest.OPTIMIZERS.stream().filter(rule -> !rule.needsFullBatch()),
                        Stream.of(new Optimizer.Lbfgs(0.1, 3, LineSearch.NONE)))
                .filter(rule -> !(rule instanceof Optimizer.Kfac)) // which looks into the layers of a network
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void itGoesOnFromEveryStep(Precision precision) throws DamagedCheckpoint {
        for (Optimizer rule : optimizers()) {
            List<Parameter> parameters = parameters(precision);
            OptimizerRun run = OptimizerRun.start(rule, parameters, precision);
            for (int step = 0; step < STEPS; step += FURTHER) {
                List<Parameter> others = parameters(precision);
                for (int i = 0; i < others.size(); i++) {
                    others.get(i).value().copy(parameters.get(i).value());
                }
                OptimizerRun other = OptimizerRun.start(rule, others, precision);
                copy(run, other);
                take(other, others, step, FURTHER);
                take(run, parameters, step, FURTHER);
                for (int i = 0; i < others.size(); i++) {
                    assertThat(others.get(i).value().toRows())
                            .as("%s after %d steps", rule, step)
                            .isEqualTo(parameters.get(i).value().toRows());
                }
            }
        }
    }

    private static void copy(OptimizerRun from, OptimizerRun to) throws DamagedCheckpoint {
        Checkpoint checkpoint = new Checkpoint();
        from.walk(checkpoint.begin());
        checkpoint.end();
        Restoration restoration = new Restoration(checkpoint);
        to.walk(restoration);
        restoration.finish();
    }

    private static void take(OptimizerRun run, List<Parameter> parameters, int first, int count) {
        for (int step = first; step < first + count; step++) {
            NumpyRandom random = new NumpyRandom(step);
            parameters.forEach(parameter -> fill(parameter.gradient(), random));
            run.step(0.1);
        }
    }

    private static List<Parameter> parameters(Precision precision) {
        NumpyRandom random = new NumpyRandom(3);
        return Stream.of(parameter(precision, 3, 4), parameter(precision, 1, 3))
                .peek(parameter -> fill(parameter.value(), random))
                .toList();
    }

    private static Parameter parameter(Precision precision, int rows, int columns) {
        return new Parameter(
                Parameter.Role.WEIGHTS,
                Matrix.create(precision, rows, columns, Layout.BY_ROWS),
                Matrix.create(precision, rows, columns, Layout.BY_ROWS));
    }

    private static void fill(Matrix matrix, NumpyRandom random) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, random.randn());
            }
        }
    }
}
