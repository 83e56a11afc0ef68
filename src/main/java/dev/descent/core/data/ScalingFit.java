package dev.descent.core.data;

import dev.descent.core.InvalidSpec;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Finds a scaling's numbers for some columns in some rows.
final class ScalingFit {

    private static final String CONSTANT = "constant-column";
    private static final String HOLDS_ONE_VALUE = " holds the same value in every training row; ";

    private final Cells columns;
    private final String[] names;
    private final int[] rows;
    private final Consumer<Warning> warnings;
    private final FittedScaling fitted;

    ScalingFit(Cells columns, String[] names, int[] rows, Consumer<Warning> warnings) {
        this.columns = columns;
        this.names = names;
        this.rows = rows;
        this.warnings = warnings;
        this.fitted = FittedScaling.identity(columns.columns());
    }

    FittedScaling fit(Scaling scaling) {
        switch (scaling) {
            case Scaling.None none -> {}
            case Scaling.Standardize standardize -> each(i -> standardize(i, standardize.degreesOfFreedom()));
            case Scaling.MinMax range -> each(i -> stretch(i, range));
            case Scaling.Quantile quantile -> each(i -> spread(i, quantile));
            case Scaling.Scale scale ->
                Arrays.fill(fitted.divisors(), scale.divisor() != null ? scale.divisor() : largest());
        }
        return fitted;
    }

    private void each(IntConsumer fit) {
        for (int i = 0; i < columns.columns(); i++) {
            fit.accept(i);
        }
    }

    private void standardize(int i, int degreesOfFreedom) {
        double[] column = columns.column(i);
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
            throw tooLarge(i, "standardized");
        }
        double deviation = Math.sqrt(squares / (rows.length - degreesOfFreedom));
        set(i, mean, deviation, CONSTANT, HOLDS_ONE_VALUE + "standardized it is 0 everywhere");
    }

    private void stretch(int i, Scaling.MinMax range) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            least = Math.min(least, columns.get(i, row));
            most = Math.max(most, columns.get(i, row));
        }
        if (!range.fits(least, most)) {
            throw tooLarge(i, "scaled");
        }
        String otherwise = HOLDS_ONE_VALUE + "scaled it is " + Target.label(range.minimum()) + " everywhere";
        set(i, range.offset(least, most), range.divisor(least, most), CONSTANT, otherwise);
    }

    private void spread(int i, Scaling.Quantile wanted) {
        double[] sorted = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            sorted[k] = columns.get(i, rows[k]);
        }
        Arrays.sort(sorted);
        double divisor = quantile(sorted, wanted.upper()) - quantile(sorted, wanted.lower());
        if (!Double.isFinite(divisor)) {
            throw tooLarge(i, "scaled");
        }
        set(
                i,
                quantile(sorted, wanted.center()),
                divisor,
                "equal-quantiles",
                " has the same number at the quantiles " + wanted.lower() + " and " + wanted.upper()
                        + " of the training rows; its numbers are not divided");
    }

    /// As `numpy.quantile`: linear between the two nearest of the sorted numbers, from the nearer one.
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        if (below == sorted.length - 1) {
            return sorted[below];
        }
        double rest = place - below;
        double step = sorted[below + 1] - sorted[below];
        return rest < 0.5 ? sorted[below] + step * rest : sorted[below + 1] - step * (1 - rest);
    }

    private double largest() {
        double largest = 0;
        for (int i = 0; i < columns.columns(); i++) {
            for (int row : rows) {
                largest = Math.max(largest, Math.abs(columns.get(i, row)));
            }
        }
        if (largest > 0 || columns.columns() == 0) {
            return largest > 0 ? largest : 1;
        }
        warnings.accept(new Warning(CONSTANT, "all training rows are 0; they are left unscaled", null));
        return 1;
    }

    private void set(int i, double offset, double divisor, String code, String otherwise) {
        fitted.offsets()[i] = offset;
        if (divisor > 0) {
            fitted.divisors()[i] = divisor;
        } else {
            warnings.accept(new Warning(code, "column " + names[i] + otherwise, names[i]));
        }
    }

    private InvalidSpec tooLarge(int i, String done) {
        return new InvalidSpec(
                "", "out-of-range", "the numbers of column " + names[i] + " are too large to be " + done);
    }
}
