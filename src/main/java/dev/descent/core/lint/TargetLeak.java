package dev.descent.core.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds features that say the target by themselves: a line through one of them, or for classes its mean in each class,
/// leaves less than 0.2 % of the variance. One feature alone may do so rightly: then there is nothing else to learn.
public final class TargetLeak {

    private static final double SHARE = 0.998;
    private static final int FEWEST_ROWS = 20;
    private static final int ROWS_PER_CLASS = 5;

    private TargetLeak() {}

    /// A feature's cells, by row.
    public record Feature(String name, double[] cells) {}

    /// `target` has a number for each row, or with `classes` above 0 that many classes' codes, counted from 0.
    public static Optional<Diagnostic> judge(List<Feature> features, double[] target, int classes) {
        if (target.length < Math.max(FEWEST_ROWS, ROWS_PER_CLASS * classes)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        int varying = 0;
        for (Feature feature : features) {
            double share = classes > 0
                    ? betweenClasses(feature.cells(), target, classes)
                    : squaredCorrelation(feature.cells(), target);
            varying += Double.isNaN(share) ? 0 : 1;
            if (share >= SHARE) {
                names.add(feature.name());
                shares.add(share);
            }
        }
        if (varying < 2 || names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Diagnostic(
                Rule.TARGET_LEAK,
                Severity.WARNING,
                0,
                null,
                new Evidence()
                        .with("features", names)
                        .with(classes > 0 ? "correlationRatio" : "squaredCorrelation", shares)
                        .with("rowsSeen", target.length)
                        .found(),
                Evidence.format(
                        "feature %s says the target by itself: it explains %.4g %% of the target's variance over %d rows; is it"
                                + " known before the target is?",
                        String.join(", ", names.subList(0, Math.min(5, names.size()))),
                        100 * shares.getFirst(),
                        target.length)));
    }

    /// NaN where one of them does not vary.
    private static double squaredCorrelation(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return xx > 0 && yy > 0 ? xy / xx * (xy / yy) : Double.NaN;
    }

    /// The share of x's variance that lies between the classes; NaN where x does not vary, or there is one class.
    private static double betweenClasses(double[] x, double[] codes, int classes) {
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int i = 0; i < x.length; i++) {
            sums[(int) codes[i]] += x[i];
            counts[(int) codes[i]]++;
        }
        double mean = mean(x);
        double total = 0;
        double within = 0;
        for (int i = 0; i < x.length; i++) {
            int code = (int) codes[i];
            double ofClass = sums[code] / counts[code];
            total += (x[i] - mean) * (x[i] - mean);
            within += (x[i] - ofClass) * (x[i] - ofClass);
        }
        boolean several = counts[(int) codes[0]] < x.length;
        return total > 0 && several ? 1 - within / total : Double.NaN;
    }

    private static double mean(double[] x) {
        double sum = 0;
        for (double one : x) {
            sum += one;
        }
        return sum / x.length;
    }
}
