package dev.descent.core.data;

import java.util.Arrays;
import java.util.function.Consumer;

/// A scaling with its numbers: value i becomes `(x - offsets[i]) / divisors[i]`.
///
/// Plain numbers, so that a model can carry it. Holds its arrays as given; treat them as read-only.
public record FittedScaling(double[] offsets, double[] divisors) {

    public FittedScaling {
        if (offsets.length != divisors.length) {
            throw new IllegalArgumentException(offsets.length + " offsets, " + divisors.length + " divisors");
        }
    }

    /// Leaves `width` values as they are.
    public static FittedScaling identity(int width) {
        double[] divisors = new double[width];
        Arrays.fill(divisors, 1);
        return new FittedScaling(new double[width], divisors);
    }

    /// Fits `scaling` to `columns` in the given rows; sums run in their order. A column that cannot be scaled because
    /// it does not vary gets the divisor 1 and a warning.
    public static FittedScaling fit(
            Scaling scaling, Cells columns, String[] names, int[] rows, Consumer<Warning> warnings) {
        return new ScalingFit(columns, names, rows, warnings).fit(scaling);
    }

    /// How many values it scales.
    public int width() {
        return offsets.length;
    }

    /// The i-th value, scaled.
    public double apply(int i, double x) {
        return (x - offsets[i]) / divisors[i];
    }

    /// The number that [#apply] made `y` of.
    public double invert(int i, double y) {
        return y * divisors[i] + offsets[i];
    }

    /// Scales the first [#width] entries of `row` in place.
    public void apply(double[] row) {
        for (int i = 0; i < offsets.length; i++) {
            row[i] = apply(i, row[i]);
        }
    }

    /// Undoes [#apply(double\[\])] in place.
    public void invert(double[] row) {
        for (int i = 0; i < offsets.length; i++) {
            row[i] = invert(i, row[i]);
        }
    }
}
