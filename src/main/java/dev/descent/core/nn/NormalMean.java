package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// Means over a normal distribution by the trapezoidal rule, which is exact to rounding for smooth functions (the
/// integrand dies out at both ends), to about 1e-5 across a kink and to a few thousandths across a jump, which a
/// sigmoid becomes where z is huge.
final class NormalMean {

    private static final int NODES = 4801;
    private static final double REACH = 12;
    private static final double[] AT = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];

    static {
        double step = 2 * REACH / (NODES - 1);
        for (int i = 0; i < NODES; i++) {
            AT[i] = -REACH + i * step;
            WEIGHT[i] = step * StrictMath.exp(-AT[i] * AT[i] / 2) / StrictMath.sqrt(2 * StrictMath.PI);
        }
    }

    private NormalMean() {}

    /// `E[g'(z)^2]` for normal z; not for softmax.
    static double ofSquaredSlope(Activation g, double mean, double variance) {
        Matrix z = nodes(mean, variance);
        Matrix a = Matrix.create(Precision.FLOAT64, NODES, 1);
        Matrix slope = Matrix.create(Precision.FLOAT64, NODES, 1);
        Activations activations = Activations.of(Precision.FLOAT64);
        activations.forward(g, z, a);
        for (int i = 0; i < NODES; i++) {
            slope.set(i, 0, 1);
        }
        activations.backward(g, z, a, slope);
        return ofSquares(slope);
    }

    /// `E[g(z)^2]` for normal z; not for softmax, which needs the whole row.
    static double ofSquare(Activation g, double mean, double variance) {
        Matrix a = Matrix.create(Precision.FLOAT64, NODES, 1);
        Activations.of(Precision.FLOAT64).forward(g, nodes(mean, variance), a);
        return ofSquares(a);
    }

    private static Matrix nodes(double mean, double variance) {
        double deviation = StrictMath.sqrt(variance);
        Matrix z = Matrix.create(Precision.FLOAT64, NODES, 1);
        for (int i = 0; i < NODES; i++) {
            z.set(i, 0, mean + deviation * AT[i]);
        }
        return z;
    }

    private static double ofSquares(Matrix a) {
        double sum = 0;
        for (int i = 0; i < NODES; i++) {
            sum += WEIGHT[i] * a.get(i, 0) * a.get(i, 0);
        }
        return sum;
    }
}
