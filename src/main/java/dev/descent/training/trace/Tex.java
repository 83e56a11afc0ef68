package dev.descent.training.trace;

import dev.descent.core.linalg.Matrix;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Numbers and matrices in TeX. Numbers have six digits; of long matrices the first rows and columns and
/// the last one are shown.
final class Tex {

    private static final MathContext DIGITS = new MathContext(6);
    private static final int SHOWN = 4;
    private static final int DOTS = -1;

    private Tex() {}

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "\\text{NaN}";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "\\infty" : "-\\infty";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 7) {
            return rounded.toPlainString();
        }
        String power = "10^{" + exponent + "}";
        BigDecimal mantissa = rounded.movePointLeft(exponent);
        return mantissa.compareTo(BigDecimal.ONE) == 0 ? power : mantissa.toPlainString() + " \\cdot " + power;
    }

    /// The number's square, not worked out.
    static String square(double value) {
        String number = number(value);
        return (value < 0 || number.indexOf('^') >= 0 ? "(" + number + ")" : number) + "^2";
    }

    /// The same as a factor or a term after a sign: a negative number in parentheses.
    static String factor(double value) {
        return value < 0 ? "(" + number(value) + ")" : number(value);
    }

    static String matrix(Matrix matrix) {
        if (matrix.rows() == 0 || matrix.columns() == 0) {
            return "()";
        }
        List<Integer> columns = shown(matrix.columns());
        List<String> rows = new ArrayList<>();
        for (int i : shown(matrix.rows())) {
            List<String> cells = new ArrayList<>();
            for (int j : columns) {
                cells.add(cell(matrix, i, j));
            }
            rows.add(String.join(" & ", cells));
        }
        return "\\begin{pmatrix} " + String.join(" \\\\ ", rows) + " \\end{pmatrix}";
    }

    private static String cell(Matrix matrix, int row, int column) {
        if (row == DOTS) {
            return column == DOTS ? "\\ddots" : "\\vdots";
        }
        return column == DOTS ? "\\cdots" : number(matrix.get(row, column));
    }

    private static List<Integer> shown(int size) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < Math.min(size, size > SHOWN + 1 ? SHOWN - 1 : size); i++) {
            places.add(i);
        }
        if (size > SHOWN + 1) {
            places.add(DOTS);
            places.add(size - 1);
        }
        return places;
    }

    /// `a_1 b_1 + a_2 b_2 + ...`: the first few products of a sum of `count`.
    static String products(int count, Factors factors) {
        List<String> terms = new ArrayList<>();
        int first = count > SHOWN ? SHOWN - 1 : count;
        for (int i = 0; i < first; i++) {
            terms.add(factor(factors.left(i)) + " \\cdot " + factor(factors.right(i)));
        }
        if (first < count) {
            terms.add("\\cdots");
        }
        return String.join(" + ", terms);
    }

    interface Factors {
        double left(int i);

        double right(int i);
    }
}
