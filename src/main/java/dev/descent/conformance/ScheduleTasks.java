package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.vector;

import dev.descent.core.optim.Schedule;
import dev.descent.core.optim.Schedule.Per;
import dev.descent.core.optim.ScheduleRun;
import dev.descent.core.optim.Warmup;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Thirty learning rates of each schedule.
final class ScheduleTasks {

    private static final String FILE = "schedules.json";

    /// PyTorch makes each rate from the one before: thirty roundings.
    private static final double DIGITS = 12;

    private ScheduleTasks() {}

    static List<Task> all() {
        JsonNode reference = ReferenceNumbers.read(FILE);
        double base = reference.get("base").doubleValue();
        double[] metric = vector(reference.get("plateauMetric"));
        List<Task> tasks = new ArrayList<>();
        reference
                .get("rates")
                .forEachEntry((name, expected) -> tasks.add(new Task(
                        "schedule/" + name, FILE, "thirty learning rates of " + name, "PyTorch", (parts, goesOn) -> {
                            Numbers numbers = parts.add("rates", DIGITS, 0);
                            ScheduleRun run = ScheduleRun.start(known(name), base, metric.length, 1);
                            for (int step = 0; step < metric.length; step++) {
                                numbers.compare("rate of step " + step, run.rate(step), expected.get(step));
                                run.onEpoch(metric[step]);
                            }
                        })));
        return tasks;
    }

    private static Schedule known(String name) {
        return switch (name) {
            case "exponential(gamma=0.9)" -> new Schedule.Exponential(0.9, Per.STEP, null);
            case "step(every=7,gamma=0.5)" -> new Schedule.Step(7, 0.5, Per.STEP, null);
            case "multistep([5,12,20],gamma=0.1)" -> new Schedule.MultiStep(List.of(5L, 12L, 20L), 0.1, Per.STEP, null);
            case "cosine(steps=30,minimum=0.001)" -> new Schedule.Cosine(null, 0.001, null);
            case "warm_restarts(period=10)" -> new Schedule.WarmRestarts(10, 1, 0, Per.STEP, null);
            case "linear_warmup(steps=5,from=0.2)" -> new Schedule.Constant(new Warmup(5, 0.2));
            case "polynomial(steps=30,power=2)" -> new Schedule.Polynomial(30L, 2, 0, null);
            case "one_cycle(max=0.1,steps=30)" -> new Schedule.OneCycle(31L, 0.3, 25, 1e4, null);
            case "reduce_on_plateau(factor=0.5,patience=2,threshold=1e-4 rel)" ->
                new Schedule.ReduceOnPlateau(0.5, 2, 1e-4, 0, 0, null);
            default -> throw new IllegalStateException("a schedule that nobody translates: " + name);
        };
    }
}
