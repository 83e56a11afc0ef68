package dev.descent.drawing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// The round numbers of an axis.
final class Ticks {

    private static final int LEAST_EXPONENT = -324; // of a binary64 number
    private static final int GREATEST_EXPONENT = 309;

    private Ticks() {}

    record Tick(double value, String label) {}

    /// At most about `most` round numbers within the range of an axis that has one.
    static List<Tick> of(Axis axis, int most) {
        return axis.logarithmic() ? logarithmic(axis.from(), axis.to(), most) : linear(axis.from(), axis.to(), most);
    }

    private static List<Tick> linear(double from, double to, int most) {
        double least = (to - from) / most;
        if (!(least > 0) || !Double.isFinite(least)) {
            return List.of();
        }
        int exponent = (int) Math.floor(StrictMath.log10(least));
        int step = 1;
        for (int each : new int[] {1, 2, 5, 10}) {
            step = each;
            if (BigDecimal.valueOf(each).scaleByPowerOfTen(exponent).doubleValue() >= least) {
                break;
            }
        }
        BigDecimal width = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
        List<Tick> ticks = new ArrayList<>();
        double first = Math.ceil(from / width.doubleValue());
        for (int i = 0; i <= most && Math.abs(first) < 1e15; i++) {
            BigDecimal value = width.multiply(BigDecimal.valueOf((long) first + i));
            if (value.doubleValue() > to) {
                break;
            }
            ticks.add(tick(value));
        }
        return ticks;
    }

    /// Powers of ten; where there are few of them, 2 and 5 times them too.
    private static List<Tick> logarithmic(double from, double to, int most) {
        int low = (int) Math.max(LEAST_EXPONENT, Math.floor(StrictMath.log10(from)));
        int high = (int) Math.min(GREATEST_EXPONENT, Math.ceil(StrictMath.log10(to)));
        int every = Math.ceilDiv(Math.max(1, high - low), most);
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = low; exponent <= high; exponent += every) {
            for (int factor : high - low <= 3 ? new int[] {1, 2, 5} : new int[] {1}) {
                Tick tick = tick(BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent));
                if (tick.value() >= from && tick.value() <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static Tick tick(BigDecimal value) {
        return new Tick(value.doubleValue(), label(value));
    }

    private static String label(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal bare = value.stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        return exponent >= -4 && exponent < 6
                ? bare.toPlainString()
                : bare.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /// A number with three digits.
    static String label(double value) {
        return Double.isFinite(value) ? label(new BigDecimal(value).round(new MathContext(3))) : String.valueOf(value);
    }
}
