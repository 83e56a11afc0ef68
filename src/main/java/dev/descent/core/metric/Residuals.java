package dev.descent.core.metric;

import org.jspecify.annotations.Nullable;

/// How far predicted numbers are from the wanted ones, row by row; sums run in row order.
public final class Residuals {

    private long rows;
    private double absolute;
    private double squares;
    private double mean; // of the wanted numbers, by Welford's recurrence, as is
    private double total; // the sum of squared deviations from it

    public void add(double wanted, double predicted) {
        double error = predicted - wanted;
        absolute += Math.abs(error);
        squares += error * error;
        double before = wanted - mean;
        mean += before / ++rows;
        total += before * (wanted - mean);
    }

    public double meanAbsoluteError() {
        return absolute / rows;
    }

    public double meanSquaredError() {
        return squares / rows;
    }

    public double rootMeanSquaredError() {
        return Math.sqrt(meanSquaredError());
    }

    /// The coefficient of determination, `1 - squared errors / squared deviations from the mean`; null where the wanted
    /// numbers are all the same.
    public @Nullable Double r2() {
        return total > 0 ? 1 - squares / total : null;
    }
}
