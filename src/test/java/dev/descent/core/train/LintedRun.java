package dev.descent.core.train;

import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Linter;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A run with a linter beside it, as the service has it.
final class LintedRun implements TrainingObserver {

    private final Linter linter;
    private final @Nullable TrainingObserver other;
    private long made;

    private LintedRun(Linter linter, @Nullable TrainingObserver other) {
        this.linter = linter;
        this.other = other;
    }

    /// All that is told of the run.
    static List<Diagnostic> of(TrainingSpec spec, TrainingData data) {
        try (Trainer trainer = Trainer.start(spec, data)) {
            Linter linter = linter(spec, data, trainer);
            linter.begin();
            run(trainer, linter, null);
            return linter.told();
        }
    }

    static Linter linter(TrainingSpec spec, TrainingData data, Trainer trainer) {
        List<String> names = IntStream.range(0, spec.network().inputs())
                .mapToObj(i -> "x" + i)
                .toList();
        return new Linter(
                spec,
                data,
                trainer.network(),
                names,
                IntStream.range(0, data.rows()).toArray());
    }

    static Outcome run(Trainer trainer, Linter linter, @Nullable TrainingObserver other) {
        Outcome outcome = trainer.run(new LintedRun(linter, other));
        linter.onDivergence(outcome, false);
        return outcome;
    }

    @Override
    public void onStep(Step step) {
        linter.onStep(step);
        if (other != null) {
            other.onStep(step);
        }
    }

    @Override
    public boolean afterStep(long steps) {
        made = steps;
        if (linter.isDue(steps)) {
            linter.look(steps);
        }
        return other == null || other.afterStep(steps);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        linter.onEpoch(epoch);
        if (other != null) {
            other.onEpoch(epoch);
        }
    }

    @Override
    public void onEnd() {
        linter.onEnd(made);
    }

    @Override
    public void onRestart(Outcome outcome, double learningRate) {
        linter.onDivergence(outcome, true);
    }
}
