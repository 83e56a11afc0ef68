package dev.descent.core.data;

import dev.descent.core.InvalidSpec;
import java.util.Arrays;
import java.util.function.Consumer;

/// A scaling with its numbers: value i becomes `(x - means[i]) / divisors[i]`.
///
/// Plain numbers, so that a model can carry it. Holds its arrays as given; treat them as read-only.
public record FittedScaling(double[] means, double[] divisors) {

    public FittedScaling {
        if (means.length != divisors.length) {
            throw new IllegalArgumentException(means.length + " means, " + divisors.length + " divisors");
        }
    }

    /// Leaves `width` values as they are.
    public static FittedScaling identity(int width) {
        double[] divisors = new double[width];
        Arrays.fill(divisors, 1);
        return new FittedScaling(new double[width], divisors);
    }

    /// Fits `scaling` to `columns` in the given rows; sums run in their order. A column that cannot be scaled because
    /// it
    /// does not vary gets the divisor 1 and a warning.
    public static FittedScaling fit(
            Scaling scaling, Cells columns, String[] names, int[] rows, Consumer<Warning> warnings) {
        FittedScaling fitted = identity(columns.columns());
        switch (scaling) {
            case Scaling.None none -> {}
            case Scaling.Standardize standardize -> {
                for (int i = 0; i < columns.columns(); i++) {
                    fitted.standardize(i, columns.column(i), names[i], rows, standardize.degreesOfFreedom(), warnings);
                }
            }
            case Scaling.Scale scale -> {
                double divisor = scale.divisor() != null ? scale.divisor() : largest(columns, rows, warnings);
                Arrays.fill(fitted.divisors, divisor);
            }
        }
        return fitted;
    }

    private void standardize(
            int i, double[] column, String name, int[] rows, int degreesOfFreedom, Consumer<Warning> warnings) {
        double sum = 0;
        for (int row : rows) {
            sum += column[row];
        }
        double mean = sum / rows.length;
        double squares = 0;
        for (int row : rows) {
            double deviation = column[row] - mean;
            squares += deviation * deviation;
        }
        if (!Double.isFinite(mean) || !Double.isFinite(squares)) {
            throw new InvalidSpec(
                    "", "out-of-range", "the numbers of column " + name + " are too large to be standardized");
        }
        means[i] = mean;
        double deviation = Math.sqrt(squares / (rows.length - degreesOfFreedom));
        if (deviation > 0) {
            divisors[i] = deviation;
        } else {
            warnings.accept(new Warning(
                    "constant-column",
                    "column " + name + " holds the same value in every training row; standardized it is 0 everywhere",
                    name));
        }
    }

    private static double largest(Cells columns, int[] rows, Consumer<Warning> warnings) {
        double largest = 0;
        for (int i = 0; i < columns.columns(); i++) {
            for (int row : rows) {
                largest = Math.max(largest, Math.abs(columns.get(i, row)));
            }
        }
        if (largest > 0 || columns.columns() == 0) {
            return largest > 0 ? largest : 1;
        }
        warnings.accept(new Warning("constant-column", "all training rows are 0; they are left unscaled", null));
        return 1;
    }

    /// How many values it scales.
    public int width() {
        return means.length;
    }

    /// The i-th value, scaled.
    public double apply(int i, double x) {
        return (x - means[i]) / divisors[i];
    }

    /// The number that [#apply] made `y` of.
    public double invert(int i, double y) {
        return y * divisors[i] + means[i];
    }

    /// Scales the first [#width] entries of `row` in place.
    public void apply(double[] row) {
        for (int i = 0; i < means.length; i++) {
            row[i] = apply(i, row[i]);
        }
    }

    /// Undoes [#apply(double\[\])] in place.
    public void invert(double[] row) {
        for (int i = 0; i < means.length; i++) {
            row[i] = invert(i, row[i]);
        }
    }
}
