package dev.descent.core.nn;

/// Mean and variance of the entries an [Initializer] draws; every variant is symmetric about its mean.
record Moments(double mean, double variance) {

    private static final Moments ZERO = new Moments(0, 0);

    /// What `dense` draws its weights with.
    static Moments ofWeights(LayerSpec.Dense dense, int fanIn) {
        return of(dense.weightInitializer(), fanIn, dense.units());
    }

    /// What `dense` draws its biases with; without biases, zeros.
    static Moments ofBiases(LayerSpec.Dense dense, int fanIn) {
        return dense.bias() ? of(dense.biasInitializer(), fanIn, dense.units()) : ZERO;
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
            case Initializer.GlorotUniform glorot -> new Moments(0, 2 / fans);
            case Initializer.GlorotNormal glorot -> new Moments(0, 2 / fans);
            case Initializer.HeUniform he -> new Moments(0, 2.0 / fanIn);
            case Initializer.HeNormal he -> new Moments(0, 2.0 / fanIn);
            case Initializer.ScaledNormal scaled -> new Moments(0, 1.0 / fanIn / fanIn);
        };
    }

    /// Whether every entry is drawn the same.
    boolean constant() {
        return variance == 0;
    }
}
