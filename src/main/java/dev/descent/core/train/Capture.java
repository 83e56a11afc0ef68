package dev.descent.core.train;

import dev.descent.core.linalg.Float32Matrix;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.optim.StateWalk;
import java.util.List;

/// The walk that keeps: copies everything into sections, those of the walk before where they have the same shape.
final class Capture implements StateWalk {

    private final List<Section> sections;
    private int next;

    Capture(List<Section> sections) {
        this.sections = sections;
    }

    void begin() {
        next = 0;
    }

    /// Lets go of what this walk did not come to.
    void end() {
        while (sections.size() > next) {
            sections.removeLast();
        }
    }

    @Override
    public void matrix(String name, int index, Matrix values) {
        requireByRows(name, values);
        switch (values) {
            case Float64Matrix matrix -> numbers(name, index, matrix.rows(), matrix.columns(), matrix.data());
            case Float32Matrix matrix -> numbers(name, index, matrix.rows(), matrix.columns(), matrix.data());
        }
    }

    static void requireByRows(String name, Matrix values) {
        int columnStride = switch (values) {
            case Float64Matrix matrix -> matrix.columnStride();
            case Float32Matrix matrix -> matrix.columnStride();
        };
        if (columnStride != 1 && values.rows() > 1 && values.columns() > 1) {
            throw new IllegalArgumentException(name + " is not laid out by rows");
        }
    }

    @Override
    public void numbers(String name, int index, double[] values) {
        numbers(name, index, 1, values.length, values);
    }

    @Override
    public void numbers(String name, int index, float[] values) {
        numbers(name, index, 1, values.length, values);
    }

    private void numbers(String name, int index, int rows, int columns, double[] values) {
        double[] to = ((Numbers.Doubles) kept(name, index, rows, columns, 'd')).values();
        System.arraycopy(values, 0, to, 0, to.length);
    }

    private void numbers(String name, int index, int rows, int columns, float[] values) {
        float[] to = ((Numbers.Floats) kept(name, index, rows, columns, 'f')).values();
        System.arraycopy(values, 0, to, 0, to.length);
    }

    @Override
    public void integers(String name, int[] values, int least, int most) {
        int[] to = ((Numbers.Ints) kept(name, 0, 1, values.length, 'i')).values();
        System.arraycopy(values, 0, to, 0, to.length);
    }

    @Override
    public long integer(String name, long value, long least, long most) {
        ((Numbers.Longs) kept(name, 0, 1, 1, 'l')).values()[0] = value;
        return value;
    }

    @Override
    public double number(String name, double value) {
        ((Numbers.Doubles) kept(name, 0, 1, 1, 'd')).values()[0] = value;
        return value;
    }

    void bytes(String name, byte[] values) {
        byte[] to = ((Numbers.Bytes) kept(name, 0, 1, values.length, 'b')).values();
        System.arraycopy(values, 0, to, 0, to.length);
    }

    /// Where to copy to: the section that the last walk had here, or a new one where that was another.
    private Numbers kept(String name, int index, int rows, int columns, char code) {
        if (next == sections.size() || !sections.get(next).is(name, index, rows, columns, code)) {
            Numbers numbers = Numbers.create(code, Math.multiplyExact(rows, columns));
            Section section = new Section(name, index, rows, columns, numbers);
            if (next == sections.size()) {
                sections.add(section);
            } else {
                sections.set(next, section);
            }
        }
        return sections.get(next++).numbers();
    }
}
