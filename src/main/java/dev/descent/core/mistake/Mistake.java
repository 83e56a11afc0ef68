package dev.descent.core.mistake;

/// A way to get a gradient wrong. The commoner come first: of two that explain as much, the earlier is
/// named first.
public enum Mistake {
    FACTOR_TWO(
            "a factor of 2",
            "every entry is twice what it should be: a half in the loss was dropped, or a derivative counted twice",
            "differentiate the loss with its scale: scale 0.5 cancels the 2 of the square"),
    HALF(
            "a factor of 1/2",
            "every entry is half of what it should be: the 2 of the square's derivative was dropped, or a half was put in",
            "the derivative of scale (a - y)^2 is 2 scale (a - y)"),
    SUMMED(
            "a missing 1/n",
            "the rows were summed where the loss averages: the 1/n is missing",
            "divide by the number of terms that the mean runs over"),
    AVERAGED("a 1/n too many", "the rows were averaged where the loss sums", "add up the rows and divide by nothing"),
    AVERAGED_TWICE(
            "a second 1/n",
            "the mean was taken twice: delta holds the 1/n already, and was divided again",
            "divide once, in delta; dW and db then only sum"),
    WRONG_AVERAGE(
            "a mean over the wrong number",
            "the mean was taken over another number of terms: rows are not the same as rows times outputs",
            "divide by as many terms as the loss has: all entries for squaredError, rows for softmaxCrossEntropy"),
    WRONG_SIGN(
            "a wrong sign",
            "every entry has the wrong sign: y - a where a - y was meant",
            "dJ/da of a square goes with a - y"),
    MISSING_SLOPE(
            "a missing g'(z)",
            "the slope g'(z) of the activation is missing: dJ/da was taken for delta",
            "delta = dJ/da * g'(z)"),
    SLOPE_OF_ACTIVATION(
            "g'(a) for g'(z)",
            "the slope was taken at a where z was meant: the function applied to its own output",
            "delta = dJ/da * g'(z); of a = sigmoid(z) it is a (1 - a)"),
    SLOPE_OF_PRE_ACTIVATION(
            "z for a in the slope",
            "the formula of the slope in terms of a was fed with z",
            "in a (1 - a) and 1 - a^2, a is g(z)"),
    SOFTMAX_DIAGONAL(
            "only the diagonal of the softmax's slope",
            "only the diagonal a (1 - a) of the softmax's Jacobian was used: every output also depends on the other"
                    + " logits",
            "delta_i = a_i (dJ/da_i - sum_j a_j dJ/da_j)"),
    SLOPE_OF_FUSED_LOSS(
            "the loss's slope taken twice",
            "the slope of the softmax or sigmoid was applied again: the cross-entropy's p - y holds it already",
            "delta = p - y, divided by the number of terms, and nothing else"),
    RAW_OUTPUT(
            "a missing softmax or sigmoid",
            "the output was taken for a probability: softmax or sigmoid was not applied before y was subtracted",
            "delta = p - y with p = softmax(z) or sigmoid(z)"),
    TRANSPOSED(
            "a transposed array",
            "the array is transposed",
            "W and dW are units x inputs, dW = delta^T x; a row is an example"),
    TRANSPOSED_WEIGHTS("transposed weights", "W^T stands where W should", "dx = delta W, and z = x W^T + b"),
    STALE_WEIGHTS(
            "updated weights",
            "delta was sent back through the weights after their update, not through those of the forward pass",
            "compute all gradients first, then update all parameters"),
    ACTIVATION_OF_THIS_LAYER(
            "this layer's activation",
            "the activation of this layer stands where its input should",
            "dW = delta^T x, x the output of the layer before"),
    PRE_ACTIVATION_INPUT(
            "z of the layer before",
            "z of the layer before stands where its activation a should",
            "dW = delta^T x with x = g(z) of the layer before"),
    INPUT_OF_ANOTHER_LAYER(
            "another layer's input",
            "the input of another layer stands where this layer's should",
            "dW = delta^T x with this layer's x"),
    NOT_SUMMED(
            "rows not summed",
            "the rows were not summed: there is a row for each example",
            "db = the sum of delta's rows"),
    FIRST_ROW("the first row alone", "only the first row counts", "sum over all rows of the batch"),
    LAST_ROW(
            "the last row alone",
            "only the last row counts: each row overwrote the one before",
            "sum over all rows of the batch"),
    SUMMED_OVER_UNITS(
            "a sum over the wrong axis",
            "the sum runs over the units, or over everything, not over the rows",
            "db_j = sum_i delta_ij"),
    MISSING_SKIP(
            "a missing path around the block",
            "the gradient of the path around the block is missing",
            "dx = delta + what comes out of the layers inside"),
    MISSING_MASK(
            "a missing dropout mask",
            "the mask of dropout is missing on the way back",
            "dx = delta * mask, with the mask of the forward pass"),
    CONSTANT_STATISTICS(
            "batch statistics taken for constants",
            "mean and variance were taken for constants: they depend on the batch",
            "dx = gamma / sqrt(variance + epsilon) (delta - mean(delta) - n mean(delta n)), n the normalised x"),
    MISSING_BIAS("a missing bias", "the bias was not added", "z = x W^T + b"),
    MISSING_ACTIVATION("a missing activation", "the activation was not applied: a is z", "a = g(z)");

    private final String title;
    private final String explanation;
    private final String right;

    Mistake(String title, String explanation, String right) {
        this.title = title;
        this.explanation = explanation;
        this.right = right;
    }

    /// Its name, in a few words.
    public String title() {
        return title;
    }

    /// What is wrong, in a sentence.
    public String explanation() {
        return explanation;
    }

    /// What would be right.
    public String right() {
        return right;
    }
}
