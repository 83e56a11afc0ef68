package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// Rows to learn from or to measure on: inputs (n x d), targets (n x what the loss takes), and what each row weighs in
/// the objective (n x 1), null for 1 each.
public record ExampleSet(
        Matrix inputs, Matrix targets, @Nullable Matrix weights) {

    public ExampleSet {
        if (inputs.rows() != targets.rows() || inputs.rows() == 0) {
            throw new InvalidSpec(
                    "",
                    "shape",
                    "inputs have " + inputs.rows() + " rows, targets " + targets.rows()
                            + "; both need the same, at least 1");
        }
        if (weights != null && weights.rows() != inputs.rows()) {
            throw new InvalidSpec(
                    "", "shape", "there are " + weights.rows() + " weights for " + inputs.rows() + " rows");
        }
    }

    public int rows() {
        return inputs.rows();
    }
}
