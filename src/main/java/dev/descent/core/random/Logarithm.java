package dev.descent.core.random;

import java.math.BigDecimal;
import java.math.MathContext;

/// The natural logarithm, rounded once: right to 0.501 units in the last place, where `StrictMath.log` is right to 1.
///
/// Tang's table-driven method: with x = 2^k m and j/128 close to 1/m, log x = k log 2 - log(j/128) + log(1 + z) for the
/// small z = m j/128 - 1, all of it in pairs of doubles whose unrounded sum is the number.
final class Logarithm {

    private static final MathContext DIGITS = new MathContext(50);
    private static final double HALF_ROOT = 0.7071067811865476;
    private static final int FIRST = 90;
    private static final int LAST = 182;

    private static final double[] HIGH = new double[LAST - FIRST + 1];
    private static final double[] LOW = new double[LAST - FIRST + 1];
    private static final double LOG2_HIGH;
    private static final double LOG2_LOW;

    static {
        for (int j = FIRST; j <= LAST; j++) {
            BigDecimal log = twiceAtanh(128 - j, 128 + j);
            HIGH[j - FIRST] = log.doubleValue();
            LOW[j - FIRST] = remainder(log, HIGH[j - FIRST]);
        }
        BigDecimal log2 = twiceAtanh(1, 3);
        // 42 bits, so that its product with an exponent is exact
        LOG2_HIGH = Double.longBitsToDouble(Double.doubleToRawLongBits(log2.doubleValue()) & -1L << 11);
        LOG2_LOW = remainder(log2, LOG2_HIGH);
    }

    private Logarithm() {}

    /// log x for a normal, positive, finite x.
    static double log(double x) {
        int k = Math.getExponent(x) + 1;
        double m = Double.longBitsToDouble(Double.doubleToRawLongBits(x) & 0x000fffffffffffffL | 0x3fe0000000000000L);
        if (m < HALF_ROOT) {
            m *= 2;
            k--;
        }
        int j = (int) (128.0 / m + 0.5);

        double product = m * (j / 128.0);
        double productLow = Math.fma(m, j / 128.0, -product);
        double z = product - 1.0;
        double zHigh = z + productLow;
        double zLow = productLow - (zHigh - z);

        double half = 0.5 * zHigh;
        double square = half * zHigh;
        double squareLow = Math.fma(half, zHigh, -square) + zHigh * zLow;
        double rest = zHigh * zHigh * zHigh * tail(zHigh);

        double base = k * LOG2_HIGH;
        double table = HIGH[j - FIRST];
        double sum = base + table;
        double low = Math.abs(base) > Math.abs(table) ? table - (sum - base) : base - (sum - table);
        low += k * LOG2_LOW + LOW[j - FIRST];

        double next = sum + zHigh;
        low += Math.abs(sum) < Math.abs(zHigh) ? sum - (next - zHigh) : zHigh - (next - sum);
        double last = next - square;
        low += (next - last) - square;
        return last + (low + zLow - squareLow + rest);
    }

    /// (log(1 + z) - z + z^2/2) / z^3 for |z| < 2^-7.
    private static double tail(double z) {
        double sum = 1.0 / 9;
        sum = Math.fma(sum, z, -1.0 / 8);
        sum = Math.fma(sum, z, 1.0 / 7);
        sum = Math.fma(sum, z, -1.0 / 6);
        sum = Math.fma(sum, z, 1.0 / 5);
        sum = Math.fma(sum, z, -1.0 / 4);
        return Math.fma(sum, z, 1.0 / 3);
    }

    private static double remainder(BigDecimal exact, double rounded) {
        return exact.subtract(new BigDecimal(rounded)).doubleValue();
    }

    /// 2 atanh(p / q) = log((q + p) / (q - p)), by its power series.
    private static BigDecimal twiceAtanh(int p, int q) {
        BigDecimal t = BigDecimal.valueOf(p).divide(BigDecimal.valueOf(q), DIGITS);
        BigDecimal square = t.multiply(t, DIGITS);
        BigDecimal power = t;
        BigDecimal sum = t;
        for (int n = 3; n < 110; n += 2) {
            power = power.multiply(square, DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
        }
        return sum.multiply(BigDecimal.TWO, DIGITS);
    }
}
