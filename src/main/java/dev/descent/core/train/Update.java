package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
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

    public Update {
        if (clipping != null && optimizer.needsFullBatch()) {
            throw new InvalidSpec(
                    "/gradientClipping",
                    "clipping-line-search",
                    "this optimizer looks for the least loss along a line, where clipped gradients are not its slopes;"
                            + " leave gradientClipping out");
        }
    }

    /// The optimizer alone, at its own learning rate.
    public static Update by(Optimizer optimizer) {
        return new Update(optimizer, new Schedule.Constant(null), Regularization.NONE, null);
    }
}
