package dev.descent.core.train;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.Require;

/// When a run stops before its length is reached. It looks once an epoch, after the epoch's last update.
public sealed interface EarlyStopping {

    /// The mean training loss of an epoch differs by less than `below` from that of the epoch before, `patience` times
    /// in a row.
    @Formula(
            value = "|loss(epoch) - loss(epoch - 1)| < below, patience times in a row",
            source = "scikit-learn, MLPClassifier (tol, n_iter_no_change)")
    record LossChange(double below, @Default("1") long patience) implements EarlyStopping {
        public LossChange {
            Require.positive("below", below);
            Require.between("patience", patience, 1, Length.MAXIMUM_EPOCHS);
        }
    }

    /// The validation loss was not more than `minimumChange` under its best for `patience` epochs in a row. The run
    /// ends
    /// with the weights of its best epoch, whether it stops or reaches its length, unless `restoreBest` is false.
    @Formula(
            value = "validation loss >= best - minimumChange, patience times in a row; the best weights are restored",
            source = "Prechelt 1998")
    record ValidationLoss(
            @Default("10") long patience,
            @Default("0.0") double minimumChange,
            @Default("true") boolean restoreBest) implements EarlyStopping {
        public ValidationLoss {
            Require.between("patience", patience, 1, Length.MAXIMUM_EPOCHS);
            Require.notNegative("minimumChange", minimumChange);
        }
    }
}
