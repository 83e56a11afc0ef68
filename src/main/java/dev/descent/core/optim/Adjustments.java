package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// What happens to one parameter's gradient before an update and to its weights after it, in one precision.
///
/// Sums run in row order and in binary64, whatever the layout.
interface Adjustments {

    static Adjustments of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64Adjustments();
            case FLOAT32 -> new Float32Adjustments();
        };
    }

    /// Returns `l1 sum |w| + l2/2 sum w^2` and adds its gradient to g, in one pass; the slope of |w| at 0 is 0.
    double penalize(Matrix w, Matrix g, double l1, double l2);

    /// Returns `l1 sum |w| + l2/2 sum w^2`.
    double penalty(Matrix w, double l1, double l2);

    /// Scales every row of w that is longer than `maxNorm` to that length.
    void project(Matrix w, double maxNorm);

    /// Brings every entry into [-limit, limit]; NaN stays.
    void clamp(Matrix g, double limit);

    void scale(Matrix g, double factor);
}
