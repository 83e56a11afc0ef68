package dev.descent.training.trace;

import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.TrainingObserver;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Lets a run come to some numbers of updates, one after the other, and ends it at the last.
final class Stops implements TrainingObserver {

    private final long[] updates;
    private final LongConsumer stop;
    private final BooleanSupplier goesOn;
    private int again;
    private int next;

    /// @param again how often the run is to diverge and begin again before
    /// @param updates ascending
    Stops(int again, long[] updates, LongConsumer stop, BooleanSupplier goesOn) {
        this.again = again;
        this.updates = updates;
        this.stop = stop;
        this.goesOn = goesOn;
    }

    /// To be called before the run, which has made `made` updates; false where it need not go on.
    boolean begin(long made) {
        return reach(made);
    }

    @Override
    public void onStep(Step step) {}

    @Override
    public boolean afterStep(long steps) {
        return reach(steps) && goesOn.getAsBoolean();
    }

    @Override
    public void onRestart(Outcome outcome, double learningRate) {
        again--;
        reach(0);
    }

    private boolean reach(long made) {
        if (again == 0 && !done() && updates[next] == made) {
            stop.accept(made);
            next++;
        }
        return !done();
    }

    /// Whether it came to the last.
    boolean done() {
        return next == updates.length;
    }
}
