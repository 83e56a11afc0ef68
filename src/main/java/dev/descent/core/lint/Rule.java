package dev.descent.core.lint;

import java.util.Locale;

/// What is looked for, each with what to do about it.
public enum Rule {
    /// Units whose rectifier is 0 on every row: no gradient reaches their weights.
    DEAD_UNITS(
            "Start with other weights (another seed, heNormal), lower the learning rate, or use leakyRelu, which lets a"
                    + " gradient through on both sides."),
    /// Rows on which no rectifier of a layer is active, and which carry most of the loss.
    INACTIVE_ROWS(
            "No gradient of these rows reaches the layer or those before it, so going on does not help: start with"
                    + " another seed, give the layer more units or biases, or use leakyRelu or tanh."),
    /// Units of a layer with the same weights.
    IDENTICAL_UNITS(
            "Draw the weights at random (glorotUniform, heNormal): units that start alike and are treated alike stay"
                    + " alike, and the layer counts as one unit."),
    /// Units that sit where their activation is flat, on almost every row.
    SATURATED_UNITS(
            "Scale the inputs (standardize), start with smaller weights (glorotUniform), lower the learning rate, or"
                    + " use an activation that does not flatten on both sides, such as relu."),
    /// Deltas that shrink on their way back to the first layer.
    VANISHING_GRADIENTS("Use relu or tanh in place of sigmoid, an initializer made for the activation (heNormal,"
            + " glorotUniform), batch normalisation, residual blocks, or fewer layers."),
    /// Deltas that grow on their way back to the first layer.
    EXPLODING_GRADIENTS(
            "Start with smaller weights (heNormal, glorotUniform), clip the gradients (gradientClipping), or use"
                    + " batch normalisation."),
    /// A loss that climbs, or jumps up and down from epoch to epoch.
    LEARNING_RATE_TOO_HIGH(
            "Divide the learning rate by 3 to 10, or let a schedule lower it; unscaled inputs make a rate too"
                    + " high that would otherwise do."),
    /// A loss that falls steadily and by next to nothing.
    LEARNING_RATE_TOO_LOW("Multiply the learning rate by 3 to 10, or use an optimizer that adapts it, such as adam."),
    /// A number that stopped being finite.
    DIVERGENCE(
            "Divide the learning rate by 10, scale inputs and target (standardize), or clip the gradients; onDivergence"
                    + " restart does the first by itself."),
    /// A validation loss that rises while the training loss falls.
    VALIDATION_RISES("The network learns its rows by heart: stop early (earlyStopping validationLoss), regularize (l2,"
            + " dropout), use fewer units, or gather more rows."),
    /// Inputs much larger, or much smaller, than 1.
    UNSCALED_INPUTS("Scale the features: preprocessing.features standardize or scale."),
    /// Targets that the last layer's activation cannot give.
    LOSS_OUTPUT_MISMATCH("For numbers give the last layer the activation identity; for classes train raw outputs with a"
            + " cross-entropy."),
    /// Batch normalisation after dropout.
    DROPOUT_BEFORE_NORMALIZATION("Put dropout after the last batch normalisation, or leave one of them out."),
    /// A feature that says the target.
    TARGET_LEAK("Ask whether the feature is known before the target is; if not, leave it out of features.");

    private final String advice;

    Rule(String advice) {
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }

    /// As a word of small letters with hyphens, `dead-units`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
