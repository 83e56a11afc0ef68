package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// What the layers without a product do with matrices, in one precision. Sums over rows run in row order, in binary64,
/// and are rounded once.
interface LayerKernels {

    static LayerKernels of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64LayerKernels();
            case FLOAT32 -> new Float32LayerKernels();
        };
    }

    /// `a <- a + b`, both (n x units).
    void add(Matrix a, Matrix b);

    /// `a <- a b`, entry by entry, both (n x units).
    void multiply(Matrix a, Matrix b);

    /// `s_j = sum_i a_ij`, a (n x units), s (1 x units).
    void sum(Matrix a, Matrix s);

    /// `s_j = sum_i a_ij b_ij`, a and b (n x units), s (1 x units).
    void sumProducts(Matrix a, Matrix b, Matrix s);

    /// Mean and biased variance of each column of x (n x units), both (1 x units).
    void moments(Matrix x, Matrix mean, Matrix variance);

    /// `x <- (x - mean) / sqrt(variance + epsilon)`.
    void normalize(Matrix x, Matrix mean, Matrix variance, double epsilon);

    /// `x <- gamma x + beta`.
    void scaleAndShift(Matrix x, Matrix gamma, Matrix beta);

    /// `d <- d - (beta + x gamma) / n` where gamma and beta (1 x units) are the sums of `d x` and of `d` over the rows.
    void subtractMeans(Matrix d, Matrix x, Matrix gamma, Matrix beta);

    /// `d <- d gamma / sqrt(variance + epsilon)`.
    void divideByDeviation(Matrix d, Matrix gamma, Matrix variance, double epsilon);
}
