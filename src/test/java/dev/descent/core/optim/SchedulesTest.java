package dev.descent.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.Golden;
import dev.descent.core.InvalidSpec;
import dev.descent.core.optim.Schedule.Per;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SchedulesTest {

    /// PyTorch makes each rate from the one before; thirty roundings of half an ulp are below 1e-14, and the end
    /// of a cosine cancels all but a thousandth of the rate.
    private static final double TOLERANCE = 1e-12;

    record Path(String name, Schedule schedule) {}

    static List<Path> paths() {
        return List.of(
                new Path("exponential(gamma=0.9)", new Schedule.Exponential(0.9, Per.STEP, null)),
                new Path("step(every=7,gamma=0.5)", new Schedule.Step(7, 0.5, Per.STEP, null)),
                new Path(
                        "multistep([5,12,20],gamma=0.1)",
                        new Schedule.MultiStep(List.of(5L, 12L, 20L), 0.1, Per.STEP, null)),
                new Path("cosine(steps=30,minimum=0.001)", new Schedule.Cosine(null, 0.001, null)),
                new Path("warm_restarts(period=10)", new Schedule.WarmRestarts(10, 1, 0, Per.STEP, null)),
                new Path("linear_warmup(steps=5,from=0.2)", new Schedule.Constant(new Warmup(5, 0.2))),
                new Path("polynomial(steps=30,power=2)", new Schedule.Polynomial(30L, 2, 0, null)),
                new Path("one_cycle(max=0.1,steps=30)", new Schedule.OneCycle(31L, 0.3, 25, 1e4, null)),
                new Path(
                        "reduce_on_plateau(factor=0.5,patience=2,threshold=1e-4 rel)",
                        new Schedule.ReduceOnPlateau(0.5, 2, 1e-4, 0, 0, null)));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void ratesArePyTorchs(Path path) {
        JsonNode golden = Golden.read("schedules.json");
        double[] rates = Golden.vector(golden.get("rates").get(path.name()));
        double[] metric = Golden.vector(golden.get("plateauMetric"));
        ScheduleRun run = ScheduleRun.start(path.schedule(), golden.get("base").doubleValue(), 30, 1);
        for (int step = 0; step < rates.length; step++) {
            Golden.assertClose(path.name() + " step " + step, run.rate(step), rates[step], TOLERANCE, 0);
            run.onEpoch(metric[step]);
        }
    }

    @Test
    void everyScheduleAndEveryGoldenCurveIsCompared() {
        Set<Class<?>> compared = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Path path : paths()) {
            compared.add(path.schedule().getClass());
            names.add(path.name());
        }
        assertThat(compared).containsExactlyInAnyOrder(Schedule.class.getPermittedSubclasses());
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Golden.read("schedules.json").get("rates").propertyNames());
    }

    @Test
    void afterAWarmupTheScheduleCountsFromItsEnd() {
        Warmup warmup = new Warmup(4, 0.25);
        for (Path path : paths()) {
            Schedule schedule = path.schedule();
            if (schedule.warmup() != null) {
                continue;
            }
            ScheduleRun late = ScheduleRun.start(warmed(schedule, warmup), 0.1, 34, 1);
            ScheduleRun early = ScheduleRun.start(schedule, 0.1, 30, 1);
            for (int step = 0; step < 4; step++) {
                assertThat(late.rate(step))
                        .as(path.name())
                        .isCloseTo(early.rate(0) * (0.25 + 0.75 * step / 4), within(1e-16));
            }
            for (int step = 0; step < 30; step++) {
                assertThat(late.rate(step + 4)).as(path.name()).isEqualTo(early.rate(step));
            }
        }
    }

    @Test
    void epochsHoldTheirRate() {
        List<Schedule> byEpoch = List.of(
                new Schedule.Exponential(0.5, Per.EPOCH, null),
                new Schedule.Step(1, 0.5, Per.EPOCH, null),
                new Schedule.MultiStep(List.of(1L, 2L), 0.5, Per.EPOCH, null));
        for (Schedule schedule : byEpoch) {
            ScheduleRun run = ScheduleRun.start(schedule, 8, 9, 3);
            double[] rates = new double[9];
            Arrays.setAll(rates, run::rate);
            assertThat(rates).as("%s", schedule).containsExactly(8, 8, 8, 4, 4, 4, 2, 2, 2);
        }
    }

    @Test
    void aWarmupThatEndsInsideAnEpochLeavesTheBoundariesWhereTheyAre() {
        ScheduleRun run = ScheduleRun.start(new Schedule.Exponential(0.5, Per.EPOCH, new Warmup(4, 1)), 8, 12, 3);
        double[] rates = new double[12];
        Arrays.setAll(rates, run::rate);
        assertThat(rates).containsExactly(8, 8, 8, 8, 8, 8, 4, 4, 4, 2, 2, 2);
    }

    @Test
    void wavesGrowByTheMultiplier() {
        ScheduleRun run = ScheduleRun.start(new Schedule.WarmRestarts(2, 3, 0, Per.STEP, null), 1, 100, 1);
        for (int step = 0; step < 80; step++) {
            boolean top = step == 0 || step == 2 || step == 8 || step == 26;
            assertThat(run.rate(step) == 1).as("step %s", step).isEqualTo(top);
        }
    }

    @Test
    void aScheduleThatIsOverStaysWhereItEnded() {
        ScheduleRun cosine = ScheduleRun.start(new Schedule.Cosine(10L, 0.25, null), 1, 100, 1);
        ScheduleRun line = ScheduleRun.start(new Schedule.Polynomial(10L, 1, 0.25, null), 1, 100, 1);
        ScheduleRun cycle = ScheduleRun.start(new Schedule.OneCycle(10L, 0.3, 4, 2, null), 1, 100, 1);
        for (int step = 10; step < 100; step++) {
            assertThat(cosine.rate(step)).isEqualTo(0.25);
            assertThat(line.rate(step)).isEqualTo(0.25);
            assertThat(cycle.rate(step)).isCloseTo(0.125, within(1e-15));
        }
    }

    @Test
    void everyRateOfAShortCycleIsFinite() {
        for (long steps = 1; steps < 12; steps++) {
            for (double warm : new double[] {0, 0.1, 0.25, 0.3, 0.5, 0.99}) {
                ScheduleRun run = ScheduleRun.start(new Schedule.OneCycle(null, warm, 25, 1e4, null), 1, steps, 1);
                for (long step = 0; step < steps; step++) {
                    assertThat(run.rate(step)).as("%s of %s", step, steps).isBetween(1e-6, 1.0);
                }
            }
        }
    }

    @Test
    void aPlateauOfNegativeLossesNeedsARealImprovement() {
        ScheduleRun run = ScheduleRun.start(new Schedule.ReduceOnPlateau(0.5, 1, 0.1, 0, 0.3, null), 1, 100, 1);
        double[] losses = {-1, -1.05, -1.2, -1.21, Double.NaN, -1.25, -1.3};
        double[] rates = {1, 1, 1, 1, 0.5, 0.5, 0.3};
        for (int i = 0; i < losses.length; i++) {
            run.onEpoch(losses[i]);
            assertThat(run.rate(i)).as("after epoch %s", i).isEqualTo(rates[i]);
        }
    }

    @Test
    void epochsOfCoolingDownAreNotCounted() {
        ScheduleRun run = ScheduleRun.start(new Schedule.ReduceOnPlateau(0.5, 0, 0, 2, 0, null), 1, 100, 1);
        double[] rates = {1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125};
        for (int i = 0; i < rates.length; i++) {
            run.onEpoch(1);
            assertThat(run.rate(i)).as("after epoch %s", i).isEqualTo(rates[i]);
        }
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThatThrownBy(() -> new Schedule.Exponential(1.5, Per.STEP, null))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        invalid -> assertThat(invalid.pointer()).isEqualTo("/factor"));
        assertThatThrownBy(() -> new Schedule.MultiStep(List.of(3L, 2L), 0.1, Per.STEP, null))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        invalid -> assertThat(invalid.pointer()).isEqualTo("/milestones/1"));
        assertThatThrownBy(() -> new Warmup(3, 1.5)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Schedule.Cosine(0L, 0, null)).isInstanceOf(InvalidSpec.class);
    }

    private static Schedule warmed(Schedule schedule, Warmup warmup) {
        return switch (schedule) {
            case Schedule.Constant s -> new Schedule.Constant(warmup);
            case Schedule.Exponential s -> new Schedule.Exponential(s.factor(), s.per(), warmup);
            case Schedule.Step s -> new Schedule.Step(s.every(), s.factor(), s.per(), warmup);
            case Schedule.MultiStep s -> new Schedule.MultiStep(s.milestones(), s.factor(), s.per(), warmup);
            case Schedule.Polynomial s -> new Schedule.Polynomial(s.steps(), s.power(), s.minimum(), warmup);
            case Schedule.Cosine s -> new Schedule.Cosine(s.steps(), s.minimum(), warmup);
            case Schedule.WarmRestarts s ->
                new Schedule.WarmRestarts(s.period(), s.multiplier(), s.minimum(), s.per(), warmup);
            case Schedule.OneCycle s ->
                new Schedule.OneCycle(s.steps(), s.warm(), s.divideBy(), s.finalDivideBy(), warmup);
            case Schedule.ReduceOnPlateau s ->
                new Schedule.ReduceOnPlateau(
                        s.factor(), s.patience(), s.threshold(), s.cooldown(), s.minimum(), warmup);
        };
    }
}
