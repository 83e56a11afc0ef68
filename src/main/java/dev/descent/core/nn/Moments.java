package dev.descent.core.nn;

/// Mean and variance of the entries an [Initializer] draws; every variant is symmetric about its mean.
record Moments(double mean, double variance) {

    private static final Moments ZERO = new Moments(0, 0);

    /// `1 - 4 phi(2) / (Phi(2) - Phi(-2))`: the variance of a standard normal deviate that lies within 2.
    private static final double WITHIN_TWO = 0.7737413035499232;

    /// What `dense` draws its weights with.
    static Moments ofWeights(LayerSpec.Dense dense, int fanIn) {
        return of(dense.weightInitializer(), fanIn, dense.units());
    }

    /// What `dense` draws its biases with; without biases, zeros.
    static Moments ofBiases(LayerSpec.Dense dense, int fanIn) {
        if (!dense.bias()) {
            return ZERO;
        }
        return dense.biasInitializer() instanceof Initializer.Orthogonal orthogonal
                ? ofOrthogonal(orthogonal, 1, dense.units())
                : of(dense.biasInitializer(), fanIn, dense.units());
    }

    static Moments of(Initializer initializer, int fanIn, int fanOut) {
        double fans = (double) fanIn + fanOut;
        return switch (initializer) {
            case Initializer.Zeros zeros -> ZERO;
            case Initializer.Constant constant -> new Moments(constant.value(), 0);
            case Initializer.Normal normal ->
                new Moments(normal.mean(), normal.standardDeviation() * normal.standardDeviation());
            case Initializer.Uniform uniform -> {
                double width = uniform.maximum() - uniform.minimum();
                yield new Moments(uniform.minimum() + width / 2, width * width / 12);
            }
            case Initializer.TruncatedNormal normal ->
                new Moments(normal.mean(), WITHIN_TWO * normal.standardDeviation() * normal.standardDeviation());
            case Initializer.GlorotUniform glorot -> new Moments(0, 2 / fans);
            case Initializer.GlorotNormal glorot -> new Moments(0, 2 / fans);
            case Initializer.HeUniform he -> new Moments(0, 2.0 / fanIn);
            case Initializer.HeNormal he -> new Moments(0, 2.0 / fanIn);
            case Initializer.LecunUniform lecun -> new Moments(0, 1.0 / fanIn);
            case Initializer.LecunNormal lecun -> new Moments(0, 1.0 / fanIn);
            case Initializer.Orthogonal orthogonal -> ofOrthogonal(orthogonal, fanOut, fanIn);
            case Initializer.ScaledNormal scaled -> new Moments(0, 1.0 / fanIn / fanIn);
        };
    }

    /// The longer side's entries share the square of a vector of length `gain`.
    private static Moments ofOrthogonal(Initializer.Orthogonal orthogonal, int rows, int columns) {
        return new Moments(0, orthogonal.gain() * orthogonal.gain() / Math.max(rows, columns));
    }

    /// `E[w^2]`.
    double meanSquare() {
        return variance + mean * mean;
    }

    /// Whether every entry is drawn the same.
    boolean constant() {
        return variance == 0;
    }
}
