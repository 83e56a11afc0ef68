package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Network;
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
                best.add(Matrix.create(network.precision(), matrix.rows(), matrix.columns()));
            }
        }
    }

    /// Whether the run is to stop after this epoch.
    boolean after(Epoch epoch) {
        return switch (rule) {
            case null -> false;
            case EarlyStopping.LossChange change -> {
                double before = reference;
                reference = epoch.trainingLoss();
                idle = Math.abs(reference - before) < change.below() ? idle + 1 : 0;
                yield idle >= change.patience();
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
                yield idle >= validation.patience();
            }
        };
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
