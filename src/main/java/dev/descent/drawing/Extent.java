package dev.descent.drawing;

/// The least and the greatest of the finite numbers among some; 0 and 1 where there are none.
record Extent(double least, double greatest) {

    static Extent of(double[]... values) {
        return of(Double.NEGATIVE_INFINITY, values);
    }

    /// Of the numbers above a bound.
    static Extent of(double above, double[]... values) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double[] some : values) {
            for (double value : some) {
                if (Double.isFinite(value) && value > above) {
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                }
            }
        }
        return least > greatest ? new Extent(0, 1) : new Extent(least, greatest);
    }
}
