package dev.descent.core.optim;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.Require;
import org.jspecify.annotations.Nullable;

/// What keeps the weights small: penalties that are part of the objective, and a bound on each unit's weights.
///
/// Sums run over all weights, over the biases too where `biases` says so. After each update every unit whose
/// vector of incoming weights is longer than `maxNorm` has it scaled back to that length; biases are never
/// bounded.
@Formula(
        value = "loss + l1 * sum |w| + l2 / 2 * sum w^2; then each row of W: w <- w * min(1, maxNorm / |w|)",
        source = "Tikhonov 1943 (l2), Tibshirani 1996 (l1), Srivastava et al. 2014 (maxNorm)")
public record Regularization(
        @Default("0.0") double l1,
        @Default("0.0") double l2,
        @Default("false") boolean biases,
        @Nullable Double maxNorm) {

    public static final Regularization NONE = new Regularization(0, 0, false, null);

    public Regularization {
        Require.notNegative("l1", l1);
        Require.notNegative("l2", l2);
        if (maxNorm != null) {
            Require.positive("maxNorm", maxNorm);
        }
    }
}
