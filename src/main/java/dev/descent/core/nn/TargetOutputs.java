package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which of a network's outputs answer one target, and the loss that compares them.
///
/// @param columns places of the outputs, in the order in which the loss reads them
public record TargetOutputs(Loss loss, int[] columns) {

    /// All outputs, for a loss with one target.
    public static TargetOutputs all(Loss loss, int outputs) {
        return range(loss, 0, outputs);
    }

    /// One for each target that `loss` compares with so many outputs, in the order of its targets. The classes of a
    /// softmax are one target together; refuses what [Loss#targets] refuses.
    public static List<TargetOutputs> of(Loss loss, int outputs) {
        int unused = loss.targets(outputs);
        List<TargetOutputs> targets = new ArrayList<>();
        if (loss instanceof Loss.WeightedSum sum) {
            int from = 0;
            for (LossTerm term : sum.terms()) {
                add(targets, term.loss(), from, term.outputs());
                from += term.outputs();
            }
        } else {
            add(targets, loss, 0, outputs);
        }
        return targets;
    }

    private static void add(List<TargetOutputs> targets, Loss loss, int from, int outputs) {
        switch (loss) {
            case Loss.SquaredError _, Loss.AbsoluteError _, Loss.Huber _, Loss.BinaryCrossEntropy _ -> {
                for (int j = 0; j < outputs; j++) {
                    targets.add(range(loss, from + j, 1));
                }
            }
            case Loss.GaussianNegativeLogLikelihood _ -> {
                for (int j = 0; j < outputs / 2; j++) {
                    targets.add(new TargetOutputs(loss, new int[] {from + j, from + outputs / 2 + j}));
                }
            }
            case Loss.SoftmaxCrossEntropy _, Loss.MixtureDensity _ -> targets.add(range(loss, from, outputs));
            case Loss.WeightedSum sum -> throw new IllegalArgumentException("a sum is no term of another");
        }
    }

    private static TargetOutputs range(Loss loss, int from, int count) {
        int[] columns = new int[count];
        Arrays.setAll(columns, j -> from + j);
        return new TargetOutputs(loss, columns);
    }

    /// Copies these columns of `all` (n x outputs) into `own` (n x columns).
    public void copy(Matrix all, Matrix own) {
        for (int i = 0; i < all.rows(); i++) {
            for (int j = 0; j < columns.length; j++) {
                own.set(i, j, all.get(i, columns[j]));
            }
        }
    }
}
