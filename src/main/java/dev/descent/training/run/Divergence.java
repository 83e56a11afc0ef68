package dev.descent.training.run;

import dev.descent.core.train.Outcome;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.Reason;
import java.util.Objects;

/// Says in words where a run stopped being finite.
final class Divergence {

    private Divergence() {}

    static Ending of(Outcome outcome) {
        var where = Objects.requireNonNull(outcome.divergence());
        String what = switch (where.place()) {
            case ACTIVATION -> "the output of layer " + where.layer() + " is no longer a finite number";
            case LOSS ->
                "every output is finite, but the loss at layer " + where.layer() + " is too large to be summed";
            case GRADIENT -> "the gradient of layer " + where.layer() + " is no longer a finite number";
            case WEIGHTS -> "the update would have left a weight of layer " + where.layer() + " that is not finite";
        };
        String again = outcome.restarts() == 0
                ? ""
                : " It had been started again " + outcome.restarts() + " times with a smaller learning rate.";
        return Ending.failed(
                Reason.DIVERGED,
                "Diverged at step " + where.step() + " (epoch " + outcome.epochs() + "): " + what + "." + again
                        + " The weights from before that step are kept. A smaller learning rate, or scaled features,"
                        + " often helps.");
    }
}
