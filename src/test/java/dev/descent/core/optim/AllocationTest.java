package dev.descent.core.optim;

import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.Schedule.Per;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What runs in every step makes no garbage.
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long TURNS = 1000;

    private double sink;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aThousandStepsOfAnyFirstOrderRuleAllocateNothing(Precision precision) {
        for (OptimizersTest.Path path : OptimizersTest.paths()) {
            List<Parameter> parameters = parameters(precision);
            OptimizerRun run = OptimizerRun.start(path.optimizer(), parameters, precision);
            assertAllocatesNothing(path.name(), () -> run.step(0.01));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void penaltiesAndBoundsAllocateNothing(Precision precision) {
        List<Parameter> parameters = parameters(precision);
        Regularizer regularizer =
                Regularizer.start(new Regularization(1e-3, 1e-3, true, 1.0), parameters, List.of(), precision);
        GradientClipper byNorm = GradientClipper.start(new GradientClipping.Norm(0.5), parameters, precision);
        GradientClipper byValue = GradientClipper.start(new GradientClipping.Value(0.5), parameters, precision);
        assertAllocatesNothing("penalties and bounds", () -> {
            sink += regularizer.penalize() + regularizer.penalty();
            byNorm.clip();
            byValue.clip();
            regularizer.project();
        });
    }

    @Test
    void ratesAllocateNothing() {
        for (SchedulesTest.Path path : SchedulesTest.paths()) {
            ScheduleRun run = ScheduleRun.start(path.schedule(), 0.1, 30, 3);
            assertAllocatesNothing(path.name(), () -> {
                sink += run.rate(7);
                run.onEpoch(1);
            });
        }
        ScheduleRun epochs = ScheduleRun.start(new Schedule.MultiStep(List.of(1L, 2L), 0.5, Per.EPOCH, null), 1, 9, 3);
        assertAllocatesNothing("milestones by epoch", () -> sink += epochs.rate(5));
    }

    /// Waits until a thousand turns allocate nothing on their thread.
    private static void assertAllocatesNothing(String what, Runnable turn) {
        await(what).pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> allocated(turn), bytes -> bytes == 0);
    }

    private static long allocated(Runnable turn) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TURNS; i++) {
            turn.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static List<Parameter> parameters(Precision precision) {
        double[][] weights = {{0.5, -1.2, 0.3}, {2.0, -0.1, 0.7}};
        double[][] biases = {{0.25, -0.5}};
        List<Parameter> parameters = List.of(
                Parameters.of(precision, Layout.BY_ROWS, weights), Parameters.of(precision, Layout.BY_ROWS, biases));
        for (Parameter parameter : parameters) {
            parameter.gradient().copy(parameter.value());
        }
        return parameters;
    }
}
