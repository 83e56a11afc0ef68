package dev.descent.core.data;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads one field at a time as a decimal number.
///
/// The grammar is `[+-] (digits [. digits] | . digits) [(e|E) [+-] digits]` in ASCII, spaces and tabs around it
/// allowed.
/// What other readers also take for a number (`1d`, `0x1p3`, `1_0`, `nan`) is recognised to be refused by its name.
/// One thread's.
final class Numeral {

    enum Reading {
        NUMBER,
        /// Nothing like a number.
        TEXT,
        NON_FINITE,
        OUT_OF_RANGE,
        /// A number to another reader.
        FOREIGN,
        DECIMAL_COMMA
    }

    private static final int LONGEST = 400;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int EXACT_DIGITS = 15;
    private static final int LONG_DIGITS = 18;
    private static final int COMPARED_DIGITS = 40;
    private static final int EXACT_EXPONENT = 22;

    private static final Pattern NON_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)");
    private static final Pattern COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+(e[+-]?[0-9]+)?");
    /// Possessive, so that no field is looked at more than once.
    private static final Pattern FOREIGN = Pattern.compile(
            // 1d, 1.5f, 10L
            "[+-]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)(e[+-]?[0-9]++)?[dfl]"
                    // 0xff, 0x1p3
                    + "|[+-]?0x[0-9a-f]++(\\.[0-9a-f]*+)?(p[+-]?[0-9]++)?[dfl]?"
                    // 1_000
                    + "|[+-]?[0-9]++_[0-9_]*+(\\.[0-9_]*+)?"
                    // 1 000, 1'000, 1,000,000.5
                    + "|[+-]?[0-9]{1,3}([ ,.'\\u00a0\\u2009\\u202f\\u2019][0-9]{3})+([.,][0-9]+)?"
                    // digits of another script
                    + "|[+-]?\\p{Nd}++([.,\\u066b]\\p{Nd}++)?");

    private final char decimal;

    private double value;
    private boolean underflow;
    private boolean imprecise;
    private boolean leadingZeros;

    Numeral(char decimal) {
        this.decimal = decimal;
    }

    /// Of the last field that was a number.
    double value() {
        return value;
    }

    /// Whether that number is 0 only because it was too small.
    boolean underflow() {
        return underflow;
    }

    /// Whether that number was written as an integer that binary64 does not have.
    boolean imprecise() {
        return imprecise;
    }

    /// Whether it was written as `007`.
    boolean leadingZeros() {
        return leadingZeros;
    }

    Reading read(char[] text, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && isBlank(text[start])) {
            start++;
        }
        while (end > start && isBlank(text[end - 1])) {
            end--;
        }
        int i = start;
        boolean negative = i < end && text[i] == '-';
        if (negative || i < end && text[i] == '+') {
            i++;
        }

        int firstDigit = i;
        long mantissa = 0;
        int significant = 0;
        for (; i < end && isDigit(text[i]); i++) {
            if (significant > 0 || text[i] != '0') {
                significant++;
                mantissa = significant <= LONG_DIGITS ? mantissa * 10 + (text[i] - '0') : mantissa;
            }
        }
        int digits = i - firstDigit;
        boolean zeros = digits > 1 && text[firstDigit] == '0';
        int fraction = 0;
        boolean integer = true;
        if (i < end && text[i] == decimal) {
            integer = false;
            int firstFraction = ++i;
            for (; i < end && isDigit(text[i]); i++) {
                if (significant > 0 || text[i] != '0') {
                    significant++;
                    mantissa = significant <= LONG_DIGITS ? mantissa * 10 + (text[i] - '0') : mantissa;
                }
            }
            fraction = i - firstFraction;
        }
        if (digits + fraction == 0) {
            return otherwise(text, start, end);
        }
        int exponent = 0;
        if (i < end && (text[i] == 'e' || text[i] == 'E')) {
            integer = false;
            i++;
            boolean down = i < end && text[i] == '-';
            if (down || i < end && text[i] == '+') {
                i++;
            }
            int firstExponent = i;
            for (; i < end && isDigit(text[i]); i++) {
                exponent = Math.min(exponent * 10 + (text[i] - '0'), 1_000_000);
            }
            if (i == firstExponent) {
                return otherwise(text, start, end);
            }
            exponent = down ? -exponent : exponent;
        }
        if (i < end) {
            return otherwise(text, start, end);
        }

        underflow = false;
        imprecise = false;
        leadingZeros = zeros;
        int power = exponent - fraction;
        if (significant <= EXACT_DIGITS && Math.abs(power) <= EXACT_EXPONENT) {
            // both exact, so the one operation rounds as it should (Clinger 1990)
            double magnitude = power < 0 ? mantissa / POWERS_OF_TEN[-power] : mantissa * POWERS_OF_TEN[power];
            value = negative ? -magnitude : magnitude;
            return Reading.NUMBER;
        }
        String literal = new String(text, start, end - start).replace(decimal, '.');
        value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            return Reading.OUT_OF_RANGE;
        }
        underflow = value == 0 && significant > 0;
        imprecise = integer && !isExact(mantissa, significant, literal);
        return Reading.NUMBER;
    }

    /// Whether [#value] is the integer written; one of very many digits is taken not to be.
    private boolean isExact(long mantissa, int significant, String literal) {
        if (significant <= LONG_DIGITS) {
            return (long) Math.abs(value) == mantissa;
        }
        return significant <= COMPARED_DIGITS && new BigDecimal(literal).compareTo(new BigDecimal(value)) == 0;
    }

    private Reading otherwise(char[] text, int start, int end) {
        if (start == end || end - start > LONGEST || !couldBeNumber(text[start])) {
            return Reading.TEXT;
        }
        String field = new String(text, start, end - start).toLowerCase(Locale.ROOT);
        if (NON_FINITE.matcher(field).matches()) {
            return Reading.NON_FINITE;
        }
        if (decimal == '.' && COMMA.matcher(field).matches()) {
            return Reading.DECIMAL_COMMA;
        }
        return FOREIGN.matcher(field).matches() ? Reading.FOREIGN : Reading.TEXT;
    }

    private static boolean couldBeNumber(char first) {
        return switch (first) {
            case '+', '-', '.', 'n', 'N', 'i', 'I' -> true;
            default -> Character.isDigit(first);
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
