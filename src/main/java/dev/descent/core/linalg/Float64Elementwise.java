package dev.descent.core.linalg;

/// Functions on stretches of arrays in binary64: by vectors where the JVM has them, the rest one by one, to the same
/// bits. The source may be the target.
///
/// The build makes `Float32Elementwise` of this file.
public final class Float64Elementwise {

    private Float64Elementwise() {}

    /// `y[to + i] = sigmoid(x[from + i])` for i below `size`.
    public static void sigmoid(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.sigmoid(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.sigmoid(x[from + i]);
        }
    }

    /// `y[to + i] = tanh(x[from + i])` for i below `size`.
    public static void tanh(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.tanh(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.tanh(x[from + i]);
        }
    }

    /// `y[to + i] = exp(x[from + i])` for i below `size`.
    public static void exp(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.exp(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.exp(x[from + i]);
        }
    }

    /// `y[to + i] = expm1(x[from + i])` for i below `size`.
    public static void expm1(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.expm1(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.expm1(x[from + i]);
        }
    }

    /// `y[to + i] = softplus(x[from + i])` for i below `size`.
    public static void softplus(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.softplus(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.softplus(x[from + i]);
        }
    }

    /// `y[to + i] = normalCdf(x[from + i])` for i below `size`.
    public static void normalCdf(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.normalCdf(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.normalCdf(x[from + i]);
        }
    }

    /// `y[to + i] = sin(x[from + i])` for i below `size`.
    public static void sin(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.sin(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.sin(x[from + i]);
        }
    }

    /// `y[to + i] = cos(x[from + i])` for i below `size`.
    public static void cos(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.cos(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.cos(x[from + i]);
        }
    }

    /// Clears the entries of y that do not have a positive number beside them in x.
    public static void clearUnlessPositive(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.clearUnlessPositive(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = x[from + i] > 0 ? y[to + i] : 0;
        }
    }

    /// Makes `value` of the entries of y that have a positive number beside them in x.
    public static void setWherePositive(double[] x, int from, double value, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.setWherePositive(x, from, value, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = x[from + i] > 0 ? value : y[to + i];
        }
    }
}
