package dev.descent.core.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rows of two classes by the score that speaks for the positive one, from which curves and their areas follow.
///
/// Keeps 8 to 16 bytes a row. Rows of one score stand together: a threshold takes all of them for positive or none.
public final class Ranking {

    /// Points in the order of falling thresholds; at each, the rows with at least that score are taken for positive.
    ///
    /// @param x the rate of false positives, or the recall
    /// @param y the rate of true positives, or the precision
    /// @param sampled whether points were left out; the area is of all
    public record Curve(double[] thresholds, double[] x, double[] y, double area, boolean sampled) {}

    /// Numbers of one class, sorted when all have come.
    private static final class Scores {

        private double[] values = new double[1024];
        private int count;

        void add(double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        double[] sorted() {
            Arrays.sort(values, 0, count);
            return values;
        }
    }

    private final Scores negatives = new Scores();
    private final Scores positives = new Scores();

    /// `score` is finite.
    public void add(double score, boolean positive) {
        (positive ? positives : negatives).add(score + 0.0); // -0 sorts before 0
    }

    private boolean hasBoth() {
        return negatives.count > 0 && positives.count > 0;
    }

    /// The receiver operating characteristic: true over false positives, from (0, 0), whose threshold is above
    /// every score (written as infinity), to (1, 1). Points in the middle of a straight line are left out.
    /// Its area, by trapezoids, is the chance that a positive row has the larger score, a tie counting half.
    /// Null without rows of both classes.
    public @Nullable Curve receiverOperatingCharacteristic(int mostPoints) {
        if (!hasBoth()) {
            return null;
        }
        var points = new Points();
        points.add(Double.POSITIVE_INFINITY, 0, 0);
        double[] area = {0};
        long[] last = {0, 0, 0, 0}; // the last point's false and true positives, and the step that led to it
        double[] threshold = {Double.POSITIVE_INFINITY};
        forEachThreshold((score, hits, alarms) -> {
            area[0] += (alarms - last[0]) * ((double) hits + last[1]) / 2;
            long right = alarms - last[0];
            long up = hits - last[1];
            if (last[2] * up != last[3] * right && threshold[0] != Double.POSITIVE_INFINITY) {
                points.add(threshold[0], last[0], last[1]);
            }
            last[0] = alarms;
            last[1] = hits;
            last[2] = right;
            last[3] = up;
            threshold[0] = score;
        });
        points.add(threshold[0], last[0], last[1]);
        points.divide(negatives.count, positives.count);
        return points.curve(area[0] / ((double) negatives.count * positives.count), mostPoints);
    }

    /// Precision over recall, a point for each threshold from the highest score on. Its area is the average
    /// precision: the sum of precision times the recall gained at each threshold. Null without rows of both
    /// classes.
    public @Nullable Curve precisionRecall(int mostPoints) {
        if (!hasBoth()) {
            return null;
        }
        var points = new Points();
        double[] area = {0};
        long[] before = {0};
        forEachThreshold((score, hits, alarms) -> {
            double precision = (double) hits / (hits + alarms);
            area[0] += precision * (hits - before[0]);
            before[0] = hits;
            points.add(score, hits, precision);
        });
        points.divide(positives.count, 1);
        return points.curve(area[0] / positives.count, mostPoints);
    }

    private interface Threshold {
        /// `hits` positives and `alarms` negatives have at least this score.
        void at(double score, long hits, long alarms);
    }

    private void forEachThreshold(Threshold visitor) {
        double[] yes = positives.sorted();
        double[] no = negatives.sorted();
        int i = positives.count;
        int j = negatives.count;
        while (i > 0 || j > 0) {
            double score = Math.max(
                    i > 0 ? yes[i - 1] : Double.NEGATIVE_INFINITY, j > 0 ? no[j - 1] : Double.NEGATIVE_INFINITY);
            while (i > 0 && yes[i - 1] == score) {
                i--;
            }
            while (j > 0 && no[j - 1] == score) {
                j--;
            }
            visitor.at(score, positives.count - i, negatives.count - j);
        }
    }

    private static final class Points {

        private final Scores thresholds = new Scores();
        private final Scores x = new Scores();
        private final Scores y = new Scores();

        void add(double threshold, double newX, double newY) {
            thresholds.add(threshold);
            x.add(newX);
            y.add(newY);
        }

        void divide(double byX, double byY) {
            for (int i = 0; i < x.count; i++) {
                x.values[i] /= byX;
                y.values[i] /= byY;
            }
        }

        /// All points, or `most` of them evenly, the first and the last among them.
        Curve curve(double area, int most) {
            int count = Math.min(most, x.count);
            double[][] kept = new double[3][count];
            for (int i = 0; i < count; i++) {
                int from = count == 1 ? 0 : (int) ((long) i * (x.count - 1) / (count - 1));
                kept[0][i] = thresholds.values[from];
                kept[1][i] = x.values[from];
                kept[2][i] = y.values[from];
            }
            return new Curve(kept[0], kept[1], kept[2], area, count < x.count);
        }
    }
}
