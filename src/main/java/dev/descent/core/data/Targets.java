package dev.descent.core.data;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.List;
import java.util.function.Consumer;

/// The columns that a network is to answer, side by side in the order of the loss's targets.
public record Targets(List<Target> columns) {

    public Targets {
        columns = List.copyOf(columns);
    }

    public int width() {
        return columns.stream().mapToInt(Target::width).sum();
    }

    /// Fits `scaling` to each column of numbers, `cells[target][row]`, by the given rows; classes are not scaled. As
    /// wide as the targets.
    public FittedScaling fit(Scaling scaling, double[][] cells, int[] rows, Consumer<Warning> warnings) {
        FittedScaling all = FittedScaling.identity(width());
        int at = 0;
        for (int t = 0; t < cells.length; t++) {
            FittedScaling own = columns.get(t).fit(scaling, cells[t], rows, warnings);
            System.arraycopy(own.offsets(), 0, all.offsets(), at, own.width());
            System.arraycopy(own.divisors(), 0, all.divisors(), at, own.width());
            at += own.width();
        }
        return all;
    }

    /// The scaled targets of the given rows (rows x width); cells must not be missing.
    public Matrix matrix(Precision precision, double[][] cells, int[] rows, FittedScaling scaling) {
        Matrix matrix = Matrix.create(precision, rows.length, width());
        int at = 0;
        for (int t = 0; t < cells.length; t++) {
            columns.get(t).write(matrix, at, cells[t], rows, scaling);
            at += columns.get(t).width();
        }
        return matrix;
    }
}
