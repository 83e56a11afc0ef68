import dev.descent.core.lint.Linter;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingObserver;
import dev.descent.core.train.TrainingSpec;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What the linter costs: the same run with it and without, in turns, by the processor's time.
final class LinterCost {

    private static final int ROUNDS = 15;

    static void main() {
        measure("2-4-1, 100 rows, full batch, 20000 steps", WithDescent.lecture(20_000), WithDescent.parabola());
        measure("2-4-1, 100 rows, full batch, 200000 steps", WithDescent.lecture(200_000), WithDescent.parabola());
        measure("784-100-10, batch 100, 1000 steps", WithDescent.mnist(1000, 1), WithDescent.images());
    }

    private static void measure(String what, TrainingSpec spec, TrainingData data) {
        double[] ratios = new double[ROUNDS];
        double with = Double.MAX_VALUE;
        double without = Double.MAX_VALUE;
        for (int round = -2; round < ROUNDS; round++) { // the first two warm up
            boolean first = round % 2 == 0;
            double one = seconds(spec, data, first);
            double other = seconds(spec, data, !first);
            if (round >= 0) {
                ratios[round] = first ? one / other : other / one;
                with = Math.min(with, first ? one : other);
                without = Math.min(without, first ? other : one);
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%s: %.1f %% more by the least times (%.4f s and %.4f s), %.1f %% by the median of %d ratios%n",
                what, 100 * (with / without - 1), with, without, 100 * (ratios[ROUNDS / 2] - 1), ROUNDS);
    }

    private static double seconds(TrainingSpec spec, TrainingData data, boolean linted) {
        var clock = ManagementFactory.getThreadMXBean();
        try (Trainer trainer = Trainer.start(spec, data)) {
            long begin = clock.getCurrentThreadCpuTime();
            trainer.run(linted ? new Linted(spec, data, trainer) : new Unwatched());
            return (clock.getCurrentThreadCpuTime() - begin) / 1e9;
        }
    }

    private static final class Unwatched implements TrainingObserver {
        @Override
        public void onStep(Step step) {}
    }

    /// As the service calls it.
    private static final class Linted implements TrainingObserver {

        private final Linter linter;
        private long made;

        Linted(TrainingSpec spec, TrainingData data, Trainer trainer) {
            linter = new Linter(
                    spec,
                    data,
                    trainer.network(),
                    IntStream.range(0, spec.network().inputs()).mapToObj(i -> "x" + i).toList(),
                    IntStream.range(0, data.rows()).toArray());
            linter.begin();
        }

        @Override
        public void onStep(Step step) {
            linter.onStep(step);
        }

        @Override
        public boolean afterStep(long steps) {
            made = steps;
            if (linter.isDue(steps)) {
                linter.look(steps);
            }
            return true;
        }

        @Override
        public void onEpoch(Epoch epoch) {
            linter.onEpoch(epoch);
        }

        @Override
        public void onEnd() {
            linter.onEnd(made);
        }
    }
}
