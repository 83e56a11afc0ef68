package dev.descent.core.optim;

/// A line search for the strong Wolfe conditions: low enough, `f <= f0 + 1e-4 t f0'`, and flat enough, `|f'| <=
/// 0.9 |f0'|` (Nocedal and Wright 2006, algorithms 3.5 and 3.6), with the bounds that PyTorch puts on the cubic
/// interpolation. A value that is no number counts as too high.
final class WolfeSearch {

    private static final double LOW_ENOUGH = 1e-4;
    private static final double FLAT_ENOUGH = 0.9;
    private static final double NARROWEST = 1e-9;
    private static final int MOST_TRIALS = 25;

    private final FlatVectors vectors;
    private final int gradient;
    private final int direction;
    private final int start;
    private final Point first = new Point();
    private Point trial = new Point();
    private Point low = new Point();
    private Point high = new Point();

    /// A point on the line: how far, the objective there and its slope along the line.
    private static final class Point {
        double at;
        double value;
        double slope;

        void set(double at, double value, double slope) {
            this.at = at;
            this.value = value;
            this.slope = slope;
        }

        void become(Point other) {
            set(other.at, other.value, other.slope);
        }

        boolean isLowEnough(Point first) {
            return value <= first.value + LOW_ENOUGH * at * first.slope;
        }

        boolean isFlatEnough(Point first) {
            return Math.abs(slope) <= -FLAT_ENOUGH * first.slope;
        }
    }

    /// Works on numbered vectors: `direction` and `start` are read, `gradient` is used.
    WolfeSearch(FlatVectors vectors, int gradient, int direction, int start) {
        this.vectors = vectors;
        this.gradient = gradient;
        this.direction = direction;
        this.start = start;
    }

    /// How far to go, beginning with a trial at `guess`, where objective and slope at the start are `value` and
    /// `slope`.
    double length(double guess, double value, double slope, Closure closure) {
        first.set(0, value, slope);
        low.become(first); // until the bracket is found: the trial before
        evaluate(guess, closure);
        for (int trials = 0; trials < MOST_TRIALS; trials++) {
            if (!trial.isLowEnough(first) || (trials > 1 && trial.value >= low.value)) {
                high.become(trial);
                return zoom(trials, closure);
            }
            if (trial.isFlatEnough(first)) {
                return trial.at;
            }
            if (trial.slope >= 0) {
                high.become(trial);
                return zoom(trials, closure);
            }
            double next = cubicMinimum(low, trial, trial.at + 0.01 * (trial.at - low.at), trial.at * 10);
            low.become(trial);
            evaluate(next, closure);
        }
        return trial.value < first.value ? trial.at : 0;
    }

    /// Narrows the bracket between [#low] and [#high], whichever of them is lower by now.
    private double zoom(int trialsBefore, Closure closure) {
        order();
        boolean nearBoundary = false;
        double largest = vectors.largest(direction);
        for (int trials = trialsBefore; trials < MOST_TRIALS; trials++) {
            double left = Math.min(low.at, high.at);
            double right = Math.max(low.at, high.at);
            if ((right - left) * largest < NARROWEST) {
                break;
            }
            double next = cubicMinimum(low, high, left, right);
            double margin = 0.1 * (right - left);
            if (Math.min(right - next, next - left) < margin) {
                if (nearBoundary || next >= right || next <= left) {
                    next = right - next < next - left ? right - margin : left + margin;
                    nearBoundary = false;
                } else {
                    nearBoundary = true;
                }
            } else {
                nearBoundary = false;
            }
            evaluate(next, closure);
            if (!trial.isLowEnough(first) || !(trial.value < low.value)) {
                high.become(trial);
                order();
            } else {
                if (trial.isFlatEnough(first)) {
                    return trial.at;
                }
                if (trial.slope * (high.at - low.at) >= 0) {
                    high.become(low);
                }
                low.become(trial);
            }
        }
        return low.at;
    }

    private void order() {
        if (high.value < low.value) {
            Point lower = high;
            high = low;
            low = lower;
        }
    }

    private void evaluate(double at, Closure closure) {
        vectors.writeValues(start, at, direction);
        double value = closure.evaluate();
        vectors.readGradients(gradient);
        trial.set(at, value, vectors.dot(gradient, direction));
    }

    /// Where the cubic through both points with their slopes has its minimum, within the bounds; their middle
    /// where it has none.
    private static double cubicMinimum(Point a, Point b, double lowest, double highest) {
        Point left = a.at <= b.at ? a : b;
        Point right = a.at <= b.at ? b : a;
        double d1 = left.slope + right.slope - 3 * (left.value - right.value) / (left.at - right.at);
        double square = d1 * d1 - left.slope * right.slope;
        if (square >= 0) {
            double d2 = Math.sqrt(square);
            double minimum =
                    right.at - (right.at - left.at) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
            if (Double.isFinite(minimum)) {
                return Math.min(Math.max(minimum, lowest), highest);
            }
        }
        return (lowest + highest) / 2;
    }
}
