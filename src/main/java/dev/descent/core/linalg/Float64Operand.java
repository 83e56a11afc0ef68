package dev.descent.core.linalg;

import org.jspecify.annotations.Nullable;

/// A factor of a product in binary64: its entry for line i and inner index t stands at `line(i) + term(t)`. Lines are
/// the rows of a left factor and the columns of a right one.
///
/// The build makes `Float32Operand` of this file.
final class Float64Operand {

    private final boolean selects;

    double[] data = {};
    int lineStride;
    int termStride;
    private int @Nullable [] lines; // which of the source's rows the lines are, from `first` on; null for all in order
    private int @Nullable [] terms; // the same for the inner indices
    private int first;

    /// @param selects whether rows that are selected are to be read where they stand, unless they are narrow: those are
    ///     scattered over columns, and cheaper to gather once than to read twice
    Float64Operand(boolean selects) {
        this.selects = selects;
    }

    /// Takes the rows of `matrix` for lines.
    void setRows(Rows matrix) {
        Float64Matrix from = source(matrix);
        data = from.data();
        lineStride = from.rowStride();
        termStride = from.columnStride();
        lines = selected(matrix, from);
        terms = null;
    }

    /// Takes the columns of `matrix` for lines.
    void setColumns(Rows matrix) {
        Float64Matrix from = source(matrix);
        data = from.data();
        lineStride = from.columnStride();
        termStride = from.rowStride();
        lines = null;
        terms = selected(matrix, from);
    }

    private Float64Matrix source(Rows matrix) {
        return selects && matrix instanceof Selection selection && ((Float64Matrix) selection.source()).isByRows()
                ? (Float64Matrix) selection.source()
                : (Float64Matrix) matrix.gathered();
    }

    private int @Nullable [] selected(Rows matrix, Float64Matrix from) {
        if (matrix instanceof Selection selection && selection.source() == from) {
            first = selection.first();
            return selection.indices();
        }
        return null;
    }

    /// Where line i begins.
    int line(int i) {
        return (lines == null ? i : lines[first + i]) * lineStride;
    }

    /// How far from a line's beginning its entry for t stands.
    int term(int t) {
        return (terms == null ? t : terms[first + t]) * termStride;
    }

    /// Whether neighbouring lines are neighbours in memory.
    boolean hasLinesTogether() {
        return lineStride == 1 && lines == null;
    }

    /// Whether the entries of a line stand together.
    boolean hasTermsTogether() {
        return termStride == 1 && terms == null;
    }
}
