package dev.descent.core.surface;

import org.jspecify.annotations.Nullable;

/// A plane in the space of weights: through a point, along two directions of length 1 at right angles, so that
/// coordinates on it are distances between weights.
///
/// The first direction leads from a start to an end. The second is the one along which points stray furthest from the
/// line through both, by the sum of their squares: the first principal direction of their deviations, with the sign
/// that makes its largest entry positive. It is found by power iteration on the points' products with one another, in a
/// fixed order from a fixed start, so that equal points give equal bits. Where all points are on the line, up to a
/// millionth of the furthest one's distance, the second direction is that of the weight that changes least along the
/// first.
public final class Plane {

    private static final double NEGLIGIBLE = 1e-6;
    private static final int MOST_ITERATIONS = 2000;
    private static final double SETTLED = 1e-13;

    private final double[] origin;
    private final double[] first;
    private final double[] second;
    private final double length;
    private final @Nullable Double share;

    private Plane(double[] origin, double[] first, double[] second, double length, @Nullable Double share) {
        this.origin = origin;
        this.first = first;
        this.second = second;
        this.length = length;
        this.share = share;
    }

    /// Where a point is seen on a plane.
    ///
    /// @param x along the first direction
    /// @param y along the second
    /// @param distance how far off the plane the point is
    public record Place(double x, double y, double distance) {}

    /// Through `start` and `end`, which must differ, and where `points` stray; all have the same number of entries, two
    /// at least, and are read only.
    public static Plane through(double[] start, double[] end, double[][] points) {
        if (start.length < 2) {
            throw new IllegalArgumentException("a plane needs two weights at least");
        }
        double[] first = difference(end, start);
        double length = norm(first);
        if (!(length > 0)) {
            throw new IllegalArgumentException("a line needs two different points");
        }
        scale(first, 1 / length);
        double furthest = length;
        double[][] deviations = new double[points.length][];
        double[] strayed = new double[points.length];
        double most = 0;
        for (int i = 0; i < points.length; i++) {
            double[] deviation = difference(points[i], start);
            furthest = Math.max(furthest, norm(deviation));
            remove(first, deviation);
            deviations[i] = deviation;
            strayed[i] = norm(deviation);
            most = Math.max(most, strayed[i]);
        }
        if (most <= NEGLIGIBLE * furthest) {
            return new Plane(start.clone(), first, leastChanged(first), length, null);
        }
        double[][] products = products(deviations);
        double[] mixture = new double[points.length];
        double value = largestEigenvector(products, mixture);
        double total = 0;
        double[] second = new double[start.length];
        for (int i = 0; i < deviations.length; i++) {
            total += products[i][i];
            for (int k = 0; k < second.length; k++) {
                second[k] += mixture[i] * deviations[i][k];
            }
        }
        remove(first, second);
        scale(second, 1 / norm(second));
        if (largestEntry(second) < 0) {
            scale(second, -1);
        }
        return new Plane(start.clone(), first, second, length, Math.min(1, value / total));
    }

    private static double[][] products(double[][] deviations) {
        int count = deviations.length;
        double[][] products = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = product(deviations[i], deviations[j]);
                products[j][i] = products[i][j];
            }
        }
        return products;
    }

    /// Leaves the vector, of length 1, in `vector` and returns its eigenvalue. Where two eigenvalues are nearly equal
    /// any direction between theirs is as good.
    private static double largestEigenvector(double[][] matrix, double[] vector) {
        int begin = 0;
        for (int i = 1; i < matrix.length; i++) {
            begin = matrix[i][i] > matrix[begin][begin] ? i : begin;
        }
        System.arraycopy(matrix[begin], 0, vector, 0, vector.length);
        scale(vector, 1 / norm(vector));
        double[] next = new double[vector.length];
        double value = 0;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            for (int i = 0; i < next.length; i++) {
                next[i] = product(matrix[i], vector);
            }
            value = norm(next);
            scale(next, 1 / value);
            double change = norm(difference(next, vector));
            System.arraycopy(next, 0, vector, 0, vector.length);
            if (change <= SETTLED) {
                break;
            }
        }
        return value;
    }

    private static double[] leastChanged(double[] first) {
        int least = 0;
        for (int k = 1; k < first.length; k++) {
            least = Math.abs(first[k]) < Math.abs(first[least]) ? k : least;
        }
        double[] second = new double[first.length];
        second[least] = 1;
        remove(first, second);
        scale(second, 1 / norm(second));
        return second;
    }

    /// Where `point` is seen on this plane.
    public Place place(double[] point) {
        double[] rest = difference(point, origin);
        double x = product(rest, first);
        double y = product(rest, second);
        for (int k = 0; k < rest.length; k++) {
            rest[k] -= x * first[k] + y * second[k];
        }
        return new Place(x, y, norm(rest));
    }

    /// Writes the point at these coordinates to `point`.
    public void at(double x, double y, double[] point) {
        for (int k = 0; k < point.length; k++) {
            point[k] = origin[k] + (x * first[k] + y * second[k]);
        }
    }

    /// How far the end is from the start.
    public double length() {
        return length;
    }

    /// How much of the squared deviations from the line lies along the second direction, from 0 to 1; null where there
    /// are none.
    public @Nullable Double share() {
        return share;
    }

    /// How far a point is from the start.
    public double distanceFromStart(double[] point) {
        return norm(difference(point, origin));
    }

    private static double largestEntry(double[] vector) {
        double largest = 0;
        for (double entry : vector) {
            largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
        }
        return largest;
    }

    /// Takes out of `vector` what it has of a direction.
    private static void remove(double[] direction, double[] vector) {
        double part = product(direction, vector);
        for (int k = 0; k < vector.length; k++) {
            vector[k] -= part * direction[k];
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            difference[k] = a[k] - b[k];
        }
        return difference;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum = Math.fma(a[k], b[k], sum);
        }
        return sum;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(product(vector, vector));
    }

    private static void scale(double[] vector, double factor) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= factor;
        }
    }
}
