package dev.descent.training.plan;

import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Scaling;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Precision;
import java.util.List;
import java.util.function.BiPredicate;

/// Judges single columns by their summaries.
final class ColumnChecks {

    private final long rows;
    private final Precision precision;
    private final Complaints complaints;
    private final List<Plan.PlanWarning> warnings;

    ColumnChecks(long rows, Precision precision, Complaints complaints, List<Plan.PlanWarning> warnings) {
        this.rows = rows;
        this.precision = precision;
        this.complaints = complaints;
        this.warnings = warnings;
    }

    /// Complains of a column, named at `pointer`, that cannot be used with this scaling.
    void check(String pointer, Column column, Scaling scaling) {
        if (column.missing() > 0) {
            complaints.add(
                    pointer,
                    "missing-values",
                    "column " + column.name() + " has no value in " + column.missing()
                            + " rows; leave out the rows or the column",
                    column.name());
        }
        if (column.type() == ColumnType.CATEGORICAL) {
            return;
        }
        switch (scaling) {
            case Scaling.Standardize standardize -> {
                boolean summed = column.mean() != null && (rows <= 1 || column.standardDeviation() != null);
                checkScalable(pointer, column, summed, "standardized", 0);
            }
            case Scaling.MinMax range ->
                checkScalable(pointer, column, hasRange(column, range::fits), "scaled", range.minimum());
            case Scaling.Quantile quantile -> {
                boolean finite = hasRange(column, (least, most) -> Double.isFinite(most - least));
                checkScalable(pointer, column, finite, "scaled", 0);
            }
            case Scaling.Scale scale -> {}
            case Scaling.None none -> checkStorable(pointer, column);
        }
    }

    private void checkStorable(String pointer, Column column) {
        if (precision == Precision.FLOAT32 && largest(column) > Float.MAX_VALUE) {
            complaints.add(
                    pointer,
                    "out-of-range",
                    "column " + column.name() + " holds numbers that float32 cannot; use float64 or scale them",
                    column.name());
        }
    }

    private void checkScalable(String pointer, Column column, boolean scalable, String done, double constant) {
        if (!scalable) {
            complaints.add(
                    pointer,
                    "out-of-range",
                    "the numbers of column " + column.name() + " are too large to be " + done,
                    column.name());
        } else if (Long.valueOf(1).equals(column.distinct())) {
            warnings.add(new Plan.PlanWarning(
                    pointer,
                    "constant-column",
                    "column " + column.name() + " holds the same value in every row; " + done + " it is "
                            + Target.label(constant) + " everywhere"));
        }
    }

    private static boolean hasRange(Column column, BiPredicate<Double, Double> fits) {
        Double minimum = column.minimum();
        Double maximum = column.maximum();
        return minimum != null && maximum != null && fits.test(minimum, maximum);
    }

    private static double largest(Column column) {
        double minimum = column.minimum() == null ? 0 : column.minimum();
        double maximum = column.maximum() == null ? 0 : column.maximum();
        return Math.max(Math.abs(minimum), Math.abs(maximum));
    }
}
