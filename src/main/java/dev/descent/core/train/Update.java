package dev.descent.core.train;

import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import org.jspecify.annotations.Nullable;

/// How gradients become new weights: the penalty joins the objective, the gradients are clipped, the optimizer takes
/// its step with the schedule's learning rate, and the weights are brought back within their bound.
public record Update(
        Optimizer optimizer,
        Schedule schedule,
        Regularization regularization,
        @Nullable GradientClipping clipping) {

    /// The optimizer alone, at its own learning rate.
    public static Update by(Optimizer optimizer) {
        return new Update(optimizer, new Schedule.Constant(null), Regularization.NONE, null);
    }
}
