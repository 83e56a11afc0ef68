package dev.descent.conformance;

import dev.descent.core.train.TrainingData;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes every check: those of data that the service can make itself once in the life of a process, as nothing that
/// they depend on can change; those of the Credit data each time they are asked for with it.
@Component
class RunChecks {

    private final Clock clock;
    private volatile @Nullable Known known;

    RunChecks(Clock clock) {
        this.clock = clock;
    }

    private record Known(Instant computedAt, List<Check> checks) {}

    /// Every task that needs no data from outside.
    static List<Task> tasks() {
        return Stream.of(
                        RandomTasks.all(),
                        ParabolaTasks.all(),
                        LectureTasks.all(),
                        ActivationTasks.all(),
                        LossTasks.all(),
                        NetworkTasks.all(),
                        OptimizerTasks.all(),
                        ScheduleTasks.all())
                .flatMap(List::stream)
                .toList();
    }

    /// What is known already, without the Credit data; null before the first run.
    @Nullable
    ConformanceReport known() {
        Known made = known;
        return made == null
                ? null
                : report(
                        made,
                        CreditTasks.all(null).stream()
                                .map(Check::needingDataset)
                                .toList());
    }

    /// Null where `goesOn` became false.
    ///
    /// @param credit as of [CreditTasks#data]; null where nobody gave it
    @Nullable
    ConformanceReport run(@Nullable TrainingData credit, BooleanSupplier goesOn) {
        if (known == null) {
            List<Check> checks = run(tasks(), goesOn);
            if (checks == null) {
                return null;
            }
            known = new Known(Instant.ofEpochMilli(clock.millis()), checks);
        }
        Known made = known;
        if (made == null || credit == null) {
            return known();
        }
        List<Check> more = run(CreditTasks.all(credit), goesOn);
        return more == null ? null : report(made, more);
    }

    private static ConformanceReport report(Known known, List<Check> more) {
        return ConformanceReport.of(
                known.computedAt(),
                Stream.concat(known.checks().stream(), more.stream()).toList());
    }

    private static @Nullable List<Check> run(List<Task> tasks, BooleanSupplier goesOn) {
        List<Check> checks = new ArrayList<>();
        for (Task task : tasks) {
            Check check = task.run(System::nanoTime, goesOn);
            if (check == null) {
                return null;
            }
            checks.add(check);
        }
        return List.copyOf(checks);
    }
}
