package dev.descent.core.mistake;

/// An array that somebody sent, beside the right one and what may lie between the two.
///
/// An entry agrees with a number when it is within what the writing leaves open ([Written]) plus what
/// binary32 may have done ([Rounding]).
final class Given {

    /// The coarsest writing that is believed, in parts of the largest right entry.
    private static final double COARSEST = 0.01;

    /// Errors, in units in the last place of the largest entry, that no computation is asked about.
    private static final double FLOOR = Rounding.FACTOR * 4 * Rounding.UNIT;

    private final int layer;
    private final Quantity quantity;
    private final double[][] numbers;
    private final double[][] right;
    private final double[][] rounding;
    private final double[][] written;
    private final double largest;
    private final double largestError;

    Given(int layer, Quantity quantity, double[][] numbers, double[][] right, double[][] rounding) {
        this.layer = layer;
        this.quantity = quantity;
        this.numbers = numbers;
        this.right = right;
        this.rounding = rounding;
        Written writing = Written.of(numbers);
        written = Plain.map(numbers, numbers, (value, same) -> writing.uncertainty(value));
        largest = Plain.largest(right);
        largestError = Plain.largest(rounding);
    }

    int layer() {
        return layer;
    }

    Quantity quantity() {
        return quantity;
    }

    double[][] numbers() {
        return numbers;
    }

    double[][] right() {
        return right;
    }

    Verdict verdict() {
        if (!Plain.sameShape(numbers, right)) {
            return Verdict.WRONG;
        }
        boolean exact = true;
        for (int i = 0; i < right.length; i++) {
            for (int j = 0; j < right[i].length; j++) {
                double distance = Math.abs(numbers[i][j] - right[i][j]);
                double computed = Rounding.FACTOR * rounding[i][j] + FLOOR * largest;
                if (!(distance <= written[i][j] + computed)) {
                    return Verdict.WRONG;
                }
                exact &= distance <= Math.min(written[i][j], COARSEST * largest) + computed;
            }
        }
        return exact ? Verdict.RIGHT : Verdict.TOO_FEW_DIGITS;
    }

    /// Whether the numbers are `factor` times `other`, as far as can be told.
    boolean agrees(double[][] other, double factor) {
        if (!Plain.sameShape(numbers, other)) {
            return false;
        }
        double size = Math.abs(factor) * Plain.largest(other);
        boolean beside = Plain.sameShape(right, other);
        double ratio = largest == 0 ? 1 : size / largest;
        double everywhere = Rounding.FACTOR * (beside ? 0 : Math.max(1, ratio) * largestError) + FLOOR * size;
        double each = Rounding.FACTOR * Math.max(1, ratio);
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < numbers[i].length; j++) {
                double allowed = written[i][j] + everywhere + (beside ? each * rounding[i][j] : 0);
                if (!(Math.abs(numbers[i][j] - factor * other[i][j]) <= allowed)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The relative error below which everything would have been right.
    double tolerance() {
        double allowed = Plain.sameShape(numbers, right)
                ? Plain.norm(Plain.map(
                        written,
                        rounding,
                        (w, r) -> Math.min(w, COARSEST * largest) + Rounding.FACTOR * r + FLOOR * largest))
                : 0;
        double sum = 2 * Plain.norm(right);
        return sum == 0 ? 0 : Math.min(1, allowed / sum);
    }
}
