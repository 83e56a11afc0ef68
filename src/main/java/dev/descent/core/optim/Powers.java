package dev.descent.core.optim;

import dev.descent.core.linalg.Float64Functions;

/// Powers of numbers from 0 to 1, the same bits everywhere and without garbage: `StrictMath.pow` makes three arrays a
/// call until the compiler removes them.
final class Powers {

    private Powers() {}

    /// `base^exponent` within 0.51 units of the last place of a normal result, by squaring: every product keeps what
    /// its rounding loses in a second number. The exponent is not negative; anything to the 0 is 1.
    static double of(double base, long exponent) {
        double power = 1;
        double powerLoss = 0;
        double square = base;
        double squareLoss = 0;
        for (long left = exponent; left != 0; left >>= 1) {
            if ((left & 1) != 0) {
                double product = power * square;
                double loss = Math.fma(power, square, -product) + (power * squareLoss + powerLoss * square);
                power = product + loss;
                powerLoss = loss - (power - product);
            }
            double product = square * square;
            double loss = Math.fma(square, square, -product) + 2 * square * squareLoss;
            square = product + loss;
            squareLoss = loss - (square - product);
        }
        return power;
    }

    /// `base^exponent` with a relative error below `1e-15 (1 + |log base|)`, where that is a normal number. The
    /// exponent is not negative.
    static double of(double base, double exponent) {
        double whole = Math.floor(exponent);
        double power = of(base, (long) whole);
        return whole == exponent
                ? power
                : power * Float64Functions.exp((exponent - whole) * Float64Functions.log(base));
    }
}
