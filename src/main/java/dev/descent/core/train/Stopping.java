package dev.descent.core.train;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.optim.StateWalk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An [EarlyStopping] at work on one run, with the best weights so far where they are to be restored.
final class Stopping {

    private final @Nullable EarlyStopping rule;
    private final Network network;
    private final List<Matrix> best = new ArrayList<>();
    private double reference = Double.NaN;
    private long idle;
    private long bestEpoch = -1;

    Stopping(@Nullable EarlyStopping rule, Network network) {
        this.rule = rule;
        this.network = network;
        if (rule instanceof EarlyStopping.ValidationLoss validation && validation.restoreBest()) {
            for (Matrix matrix : network.stored()) {
                best.add(Matrix.create(network.precision(), matrix.rows(), matrix.columns(), Layout.BY_ROWS));
            }
        }
    }

    /// Whether the run is to stop after this epoch.
    boolean after(Epoch epoch) {
        switch (rule) {
            case null -> {}
            case EarlyStopping.LossChange change -> {
                double before = reference;
                reference = epoch.trainingLoss();
                idle = Math.abs(reference - before) < change.below() ? idle + 1 : 0;
            }
            case EarlyStopping.ValidationLoss validation -> {
                double loss = epoch.validationLoss();
                if (bestEpoch < 0 ? !Double.isNaN(loss) : loss < reference - validation.minimumChange()) {
                    reference = loss;
                    idle = 0;
                    bestEpoch = epoch.index();
                    copy(network.stored(), best);
                } else {
                    idle++;
                }
            }
        }
        return isReached();
    }

    /// Whether what has been seen is what the rule waits for.
    boolean isReached() {
        return switch (rule) {
            case null -> false;
            case EarlyStopping.LossChange change -> idle >= change.patience();
            case EarlyStopping.ValidationLoss validation -> idle >= validation.patience();
        };
    }

    void walk(StateWalk walk) {
        if (rule == null) {
            return;
        }
        reference = walk.number("earlyStopping.reference", reference);
        idle = walk.integer("earlyStopping.idle", idle, 0, Long.MAX_VALUE);
        bestEpoch = walk.integer("earlyStopping.bestEpoch", bestEpoch, -1, Long.MAX_VALUE);
        for (int i = 0; i < best.size(); i++) {
            walk.matrix("earlyStopping.best", i, best.get(i));
        }
    }

    /// Gives the network the weights of the best epoch, where that is wanted; says which it was.
    @Nullable
    Long restore() {
        if (best.isEmpty() || bestEpoch < 0) {
            return null;
        }
        copy(best, network.stored());
        return bestEpoch;
    }

    private static void copy(List<Matrix> from, List<Matrix> to) {
        for (int i = 0; i < to.size(); i++) {
            to.get(i).copy(from.get(i));
        }
    }
}
