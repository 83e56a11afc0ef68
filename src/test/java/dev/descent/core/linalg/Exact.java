package dev.descent.core.linalg;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The elementary functions to at least thirty digits, by their Taylor series in [BigDecimal]: slow and plain.
final class Exact {

    private static final MathContext DIGITS = new MathContext(80);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal PI = new BigDecimal("3.14159265358979323846264338327950288419716939937510"
            + "58209749445923078164062862089986280348253421170679821480865132823066470938446095505822317253594081");

    private Exact() {}

    static BigDecimal exp(double x) {
        return exp(new BigDecimal(x));
    }

    static BigDecimal expm1(double x) {
        return exp(x).subtract(BigDecimal.ONE, DIGITS);
    }

    static BigDecimal log(double x) {
        return log(new BigDecimal(x));
    }

    static BigDecimal log1p(double x) {
        return log(new BigDecimal(x).add(BigDecimal.ONE));
    }

    static BigDecimal softplus(double x) {
        return log(exp(x).add(BigDecimal.ONE));
    }

    static BigDecimal sigmoid(double x) {
        return BigDecimal.ONE.divide(exp(-x).add(BigDecimal.ONE), DIGITS);
    }

    static BigDecimal tanh(double x) {
        BigDecimal e = exp(2 * x);
        return e.subtract(BigDecimal.ONE).divide(e.add(BigDecimal.ONE), DIGITS);
    }

    static BigDecimal sin(double x) {
        return sine(new BigDecimal(x));
    }

    static BigDecimal cos(double x) {
        return sine(new BigDecimal(x).add(PI.divide(TWO)));
    }

    static BigDecimal erf(double x) {
        return erf(new BigDecimal(x), DIGITS);
    }

    static BigDecimal normalCdf(double x) {
        // where the terms of the series grow to exp(x^2 / 2) and the result is as small, that many digits go
        MathContext digits = new MathContext(DIGITS.getPrecision() + (int) (x * x / 2));
        BigDecimal argument = new BigDecimal(x).divide(TWO.sqrt(digits), digits);
        return erf(argument, digits).add(BigDecimal.ONE).divide(TWO);
    }

    private static BigDecimal erf(BigDecimal x, MathContext digits) {
        BigDecimal square = x.multiply(x).negate().round(digits);
        BigDecimal power = x;
        BigDecimal sum = x;
        BigDecimal last = BigDecimal.ONE.movePointLeft(digits.getPrecision());
        for (int n = 1; power.abs().compareTo(last) > 0; n++) {
            power = power.multiply(square, digits).divide(BigDecimal.valueOf(n), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), digits));
        }
        // the integral of exp(-t^2) over all numbers is the root of pi
        return sum.multiply(TWO).divide(rootOfPi(digits), digits);
    }

    /// By Machin's formula where more digits are wanted than [#PI] has.
    private static BigDecimal rootOfPi(MathContext digits) {
        BigDecimal pi = digits.getPrecision() < PI.precision()
                ? PI
                : inverseArcTangent(5, digits)
                        .multiply(BigDecimal.valueOf(16))
                        .subtract(inverseArcTangent(239, digits).multiply(BigDecimal.valueOf(4)));
        return pi.sqrt(digits);
    }

    /// The arc tangent of `1 / x`.
    private static BigDecimal inverseArcTangent(int x, MathContext digits) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(x), digits);
        BigDecimal sum = power;
        BigDecimal last = BigDecimal.ONE.movePointLeft(digits.getPrecision() + 5);
        for (int n = 1; power.abs().compareTo(last) > 0; n++) {
            power = power.divide(BigDecimal.valueOf(-(long) x * x), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), digits));
        }
        return sum;
    }

    private static BigDecimal exp(BigDecimal x) {
        int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 4;
        BigDecimal r = x.divide(TWO.pow(halvings), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 50; n++) {
            term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /// One step of Halley's method, which triples the digits of its start.
    private static BigDecimal log(BigDecimal x) {
        // log(1 + y) of a tiny y begins with y, which x as a double would lose
        double y = x.subtract(BigDecimal.ONE).doubleValue();
        BigDecimal start = new BigDecimal(y > -0.5 ? StrictMath.log1p(y) : StrictMath.log(x.doubleValue()));
        for (int i = 0; i < 2; i++) {
            BigDecimal e = exp(start);
            start = start.add(TWO.multiply(x.subtract(e)).divide(x.add(e), DIGITS), DIGITS);
        }
        return start;
    }

    private static BigDecimal sine(BigDecimal x) {
        BigDecimal turns = x.divide(PI, 0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(turns.multiply(PI));
        BigDecimal square = r.multiply(r, DIGITS).negate();
        BigDecimal term = r.round(DIGITS);
        BigDecimal sum = term;
        for (int n = 1; n < 35; n++) {
            term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(2L * n * (2L * n + 1)), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return turns.toBigInteger().testBit(0) ? sum.negate() : sum;
    }
}
