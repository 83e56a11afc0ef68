package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Parameter;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.optim.Slot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All numbers of one step of a run, copied, in the run's precision; of rows and layers those of an
/// [Excerpt].
///
/// @param step counted from 0, as `epoch`
/// @param loss of the batch, without the penalty
/// @param penalty what regularisation added
/// @param objective loss and penalty, which the step minimised
/// @param datasetLoss the objective over all training rows; NaN where it was not asked for at this step
/// @param outputGradient dJ/da of the last layer (rows x outputs)
/// @param clipping null where gradients are not clipped, or the step did not come to it
/// @param before what the optimizer keeps for all parameters together, before the step
/// @param after the same afterwards; null where no update was made
/// @param divergence why the run ended with this step; null where it did not
public record StepTrace(
        long step,
        long epoch,
        double learningRate,
        double loss,
        double penalty,
        double objective,
        double datasetLoss,
        Batch batch,
        Matrix outputGradient,
        List<Layer> layers,
        @Nullable Clipping clipping,
        Map<String, Double> before,
        @Nullable Map<String, Double> after,
        @Nullable Divergence divergence) {

    /// The rows that the step saw.
    ///
    /// @param size how many there were
    /// @param firstRow which of them is the first told
    /// @param trainingRows of each row told: which of the training rows it is
    /// @param inputs x (rows x inputs)
    /// @param targets y (rows x targets)
    /// @param weights (rows x 1); null for 1 each
    public record Batch(
            int size,
            int firstRow,
            List<Integer> trainingRows,
            Matrix inputs,
            Matrix targets,
            @Nullable Matrix weights) {}

    /// What the step left in a layer.
    ///
    /// @param mean what a batch normalisation subtracted (1 x units); null elsewhere
    /// @param variance what it divided by (1 x units), biased, without epsilon; null elsewhere
    /// @param mask what a dropout multiplied x by (rows x units); null elsewhere
    /// @param activation the same matrix as `preActivation` where the activation is the identity
    /// @param statistics running mean and variance (1 x units each) after the step; of a batch normalisation
    public record Layer(
            PlacedLayer place,
            Matrix input,
            @Nullable Matrix mean,
            @Nullable Matrix variance,
            @Nullable Matrix mask,
            Matrix preActivation,
            Matrix activation,
            Matrix delta,
            Matrix inputGradient,
            @Nullable Trained weights,
            @Nullable Trained biases,
            List<Matrix> statistics) {}

    /// What the step did to a parameter; all matrices have its shape, but those in which second-order
    /// optimizers keep curvature.
    ///
    /// @param gradient of the objective, penalty included
    /// @param clipped what the optimizer saw of it; null where gradients are not clipped, or it saw none
    /// @param after the values that the update left, or would have left where it was taken back because one
    /// was not finite; null where none was made
    public record Trained(
            Parameter.Role role,
            Matrix before,
            Matrix gradient,
            @Nullable Matrix clipped,
            @Nullable Matrix after,
            List<Slot> slotsBefore,
            List<Slot> slotsAfter) {}

    /// The length of all gradients as one vector, and of what was left of it.
    public record Clipping(double norm, double clippedNorm) {}
}
