package dev.descent.core.mistake;

import java.math.BigDecimal;

/// How exactly numbers were written down: to so many decimals, or to so many digits.
///
/// All entries of an array are taken to be written alike, so the entry with most decimals says how many
/// there were, and the one with most digits. Fewer than four are taken for four: `0.5` may be 0.5000.
record Written(int decimals, int digits) {

    private static final int FEWEST = 4;
    private static final int EXACT = 17;

    static Written of(double[][] rows) {
        int decimals = FEWEST;
        int digits = FEWEST;
        for (double[] row : rows) {
            for (double value : row) {
                if (value != 0) {
                    BigDecimal number = new BigDecimal(Double.toString(value)).stripTrailingZeros();
                    decimals = Math.max(decimals, number.scale());
                    digits = Math.max(digits, number.precision());
                }
            }
        }
        return new Written(decimals, Math.min(digits, EXACT));
    }

    /// How far `value`, as it is written, may be from the number that was meant: half a unit of its
    /// last place.
    double uncertainty(double value) {
        double byDecimals = 0.5 * StrictMath.pow(10, -decimals);
        if (value == 0) {
            return byDecimals;
        }
        double leading = Math.floor(StrictMath.log10(Math.abs(value)));
        return Math.max(byDecimals, 0.5 * StrictMath.pow(10, leading + 1 - digits));
    }
}
