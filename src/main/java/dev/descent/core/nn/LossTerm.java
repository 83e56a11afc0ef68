package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;

/// One head of a [Loss.WeightedSum]: what its loss counts for, and how many of the network's outputs it works on.
public record LossTerm(Loss loss, @Default("1.0") double weight, int outputs) {

    public LossTerm {
        Require.notNegative("weight", weight);
        Require.between("outputs", outputs, 1, LayerSpec.MAXIMUM_UNITS);
        if (loss instanceof Loss.WeightedSum) {
            throw new InvalidSpec(
                    "/loss",
                    "nested-sum",
                    "a weighted sum cannot be a term of another: put its terms in the outer sum, their weights multiplied",
                    "weightedSum");
        }
        try {
            int unused = loss.targets(outputs);
        } catch (InvalidSpec misfit) {
            throw misfit.within("/loss");
        }
    }
}
