package dev.descent.core.linalg;

import org.jspecify.annotations.Nullable;

/// A factor of a product in binary64: its entry for line i and inner index t stands at `line(i) + term(t)`. Lines are
/// the rows of a left factor and the columns of a right one.
///
/// The build makes `Float32Operand` of this file.
final class Float64Operand {

    double[] data = {};
    private int lineStride;
    private int termStride;
    private int @Nullable [] lines; // which of the source's rows the lines are, from `first` on; null for all in order
    private int @Nullable [] terms; // the same for the inner indices
    private int first;

    void set(double[] data, int lineStride, int termStride) {
        this.data = data;
        this.lineStride = lineStride;
        this.termStride = termStride;
        lines = null;
        terms = null;
    }

    /// Of the rows now set, the selected ones are the lines.
    void selectLines(Selection selection) {
        lines = selection.indices();
        first = selection.first();
    }

    /// Of the rows now set, the selected ones are those of the inner indices.
    void selectTerms(Selection selection) {
        terms = selection.indices();
        first = selection.first();
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
