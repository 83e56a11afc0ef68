package dev.descent.core.linalg;

import java.util.Arrays;

/// Functions on stretches of arrays in binary64: by vectors where the JVM has them, the rest one by one, to the same
/// bits. The source may be the target, where nothing else is said.
///
/// The build makes `Float32Elementwise` of this file.
public final class Float64Elementwise {

    private Float64Elementwise() {}

    /// `y[to + i] = sigmoid(x[from + i])` for i below `size`.
    public static void sigmoid(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.exp(x, from, -1, y, to, size) : 0;
        for (int i = 0; i < done; i++) {
            y[to + i] = 1 / (1 + y[to + i]);
        }
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
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.exp(x, from, 1, y, to, size) : 0;
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

    /// `y[to + i] = log1p(x[from + i])` for i below `size`.
    public static void log1p(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.log1p(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.log1p(x[from + i]);
        }
    }

    /// `y[to + i] = sin(x[from + i])` for i below `size`.
    public static void sin(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.sine(x, from, 0, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.sin(x[from + i]);
        }
    }

    /// `y[to + i] = cos(x[from + i])` for i below `size`.
    public static void cos(double[] x, int from, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.sine(x, from, 1, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.cos(x[from + i]);
        }
    }

    /// `y[to + i] = softplus(x[from + i])` for i below `size`; y is another array.
    public static void softplus(double[] x, int from, double[] y, int to, int size) {
        for (int i = 0; i < size; i++) {
            y[to + i] = -Math.abs(x[from + i]);
        }
        exp(y, to, y, to, size);
        log1p(y, to, y, to, size);
        for (int i = 0; i < size; i++) {
            y[to + i] += Math.max(x[from + i], 0);
        }
    }

    /// `y[to + i] = normalCdf(x[from + i])` for i below `size`; y and `spare`, which has to have room, are other
    /// arrays.
    public static void normalCdf(double[] x, int from, double[] y, int to, int size, double[] spare) {
        scaledErfc(x, from, Float64Functions.NORMAL_VANISHED, Float64Functions.ROOT_OF_HALF, y, to, size, spare);
        for (int i = 0; i < size; i++) {
            spare[i] = Float64Functions.normalExponent(x[from + i]);
        }
        exp(spare, 0, spare, 0, size);
        for (int i = 0; i < size; i++) {
            y[to + i] *= Float64Functions.halfNormal(x[from + i], spare[i]);
        }
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.normalCdf(x, from, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.normalCdf(x[from + i], y[to + i]);
        }
    }

    /// `y[to + i] = erf(x[from + i])` for i below `size`; y and `spare`, which has to have room, are other arrays.
    public static void erf(double[] x, int from, double[] y, int to, int size, double[] spare) {
        scaledErfc(x, from, Ieee64.ERFC_VANISHED, 1, y, to, size, spare);
        for (int i = 0; i < size; i++) {
            spare[i] = Float64Functions.exponent(x[from + i]);
        }
        exp(spare, 0, spare, 0, size);
        for (int i = 0; i < size; i++) {
            y[to + i] *= Float64Functions.gaussian(x[from + i], spare[i]);
        }
        Arrays.fill(spare, 0, size, Float64Functions.ERF[0]);
        for (int k = 1; k < Float64Functions.ERF.length; k++) {
            double c = Float64Functions.ERF[k];
            for (int i = 0; i < size; i++) {
                spare[i] = Math.fma(spare[i], x[from + i] * x[from + i], c);
            }
        }
        for (int i = 0; i < size; i++) {
            spare[i] *= x[from + i];
        }
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.erf(x, from, y, to, spare, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Float64Functions.erf(x[from + i], y[to + i], spare[i]);
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

    /// The scaled complement of the error function at `scale min(|x|, limit)`, a power at a time: of so many operations
    /// on
    /// vectors in one loop the compiler would make objects.
    private static void scaledErfc(
            double[] x, int from, double limit, double scale, double[] y, int to, int size, double[] t) {
        for (int i = 0; i < size; i++) {
            double v = Math.min(Math.abs(x[from + i]), limit) * scale;
            t[i] = (v - Ieee64.ERFC_CENTRE) / (v + Ieee64.ERFC_CENTRE);
        }
        Arrays.fill(y, to, to + size, Ieee64.ERFC[0]);
        for (int k = 1; k < Ieee64.ERFC.length; k++) {
            multiplyAdd(t, Ieee64.ERFC[k], y, to, size);
        }
        for (int i = 0; i < size; i++) {
            y[to + i] /= 1 + 2 * (Math.min(Math.abs(x[from + i]), limit) * scale);
        }
    }

    /// `y <- t y + c`.
    private static void multiplyAdd(double[] t, double c, double[] y, int to, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorElementwise.multiplyAdd(t, c, y, to, size) : 0;
        for (int i = done; i < size; i++) {
            y[to + i] = Math.fma(y[to + i], t[i], c);
        }
    }
}
