package dev.descent.core.train;

import dev.descent.core.linalg.Float32Matrix;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.optim.StateWalk;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The walk that brings back: overwrites a run's state with the sections of a checkpoint, each of which is used once.
///
/// What does not fit is complained of once, by [#finish]; from then on nothing is overwritten.
final class Restoration implements StateWalk {

    private final Map<String, Section> left = new LinkedHashMap<>();
    private @Nullable String complaint;
    private boolean trying;

    Restoration(Checkpoint checkpoint) {
        for (Section section : checkpoint.sections()) {
            left.put(section.key(), section);
        }
    }

    /// Whether all that a walk past `part` asks for is there; nothing is overwritten or used up.
    boolean fits(Consumer<StateWalk> part) {
        String before = complaint;
        trying = true;
        complaint = null;
        part.accept(this);
        boolean fits = complaint == null;
        trying = false;
        complaint = before;
        return fits;
    }

    /// Leaves all sections unused whose names begin so.
    void leave(String prefix) {
        left.keySet().removeIf(key -> key.startsWith(prefix));
    }

    /// Complains unless this holds of what was brought back.
    void require(boolean holds, String otherwise) {
        if (!holds) {
            complain(otherwise);
        }
    }

    /// Call when the walk is over: everything was there, and nothing was left.
    void finish() throws DamagedCheckpoint {
        throwComplaint();
        if (!left.isEmpty()) {
            throw new DamagedCheckpoint("the run has no use for the section "
                    + left.keySet().iterator().next()
                    + (left.size() == 1 ? "" : " and " + (left.size() - 1) + " more"));
        }
    }

    /// Call before what was brought back is used.
    void throwComplaint() throws DamagedCheckpoint {
        if (complaint != null) {
            throw new DamagedCheckpoint(complaint);
        }
    }

    @Override
    public void matrix(String name, int index, Matrix values) {
        Capture.requireByRows(name, values);
        switch (values) {
            case Float64Matrix matrix -> numbers(name, index, matrix.rows(), matrix.columns(), matrix.data());
            case Float32Matrix matrix -> numbers(name, index, matrix.rows(), matrix.columns(), matrix.data());
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
        if (taken(name, index, rows, columns, 'd') instanceof Numbers.Doubles(double[] from)) {
            System.arraycopy(from, 0, values, 0, from.length);
        }
    }

    private void numbers(String name, int index, int rows, int columns, float[] values) {
        if (taken(name, index, rows, columns, 'f') instanceof Numbers.Floats(float[] from)) {
            System.arraycopy(from, 0, values, 0, from.length);
        }
    }

    @Override
    public void integers(String name, int[] values, int least, int most) {
        if (taken(name, 0, 1, values.length, 'i') instanceof Numbers.Ints(int[] from)) {
            for (int i = 0; i < from.length; i++) {
                requireWithin(name, from[i], least, most);
            }
            if (complaint == null) {
                System.arraycopy(from, 0, values, 0, from.length);
            }
        }
    }

    @Override
    public long integer(String name, long value, long least, long most) {
        if (taken(name, 0, 1, 1, 'l') instanceof Numbers.Longs(long[] from)) {
            requireWithin(name, from[0], least, most);
            return complaint == null ? from[0] : value;
        }
        return value;
    }

    @Override
    public double number(String name, double value) {
        return taken(name, 0, 1, 1, 'd') instanceof Numbers.Doubles(double[] from) ? from[0] : value;
    }

    /// Bytes of any number; empty where they are missing.
    byte[] bytes(String name) {
        Section section = left.get(Section.key(name, 0));
        int count = section == null ? 0 : section.columns();
        return taken(name, 0, 1, count, 'b') instanceof Numbers.Bytes(byte[] from) ? from : new byte[0];
    }

    /// Null where there is nothing to be copied.
    private @Nullable Numbers taken(String name, int index, int rows, int columns, char code) {
        String key = Section.key(name, index);
        Section section = trying ? left.get(key) : left.remove(key);
        if (section == null) {
            complain("the section " + key + " is missing");
            return null;
        }
        if (!section.is(name, index, rows, columns, code)) {
            complain("the section " + key + " has " + section.rows() + " x " + section.columns() + " numbers of type "
                    + section.numbers().code() + ", where the run has " + rows + " x " + columns + " of type " + code);
        }
        return complaint == null && !trying ? section.numbers() : null;
    }

    private void requireWithin(String name, long value, long least, long most) {
        if (value < least || value > most) {
            complain("the section " + Section.key(name, 0) + " holds " + value + "; it must be from " + least + " to "
                    + most);
        }
    }

    private void complain(String what) {
        if (complaint == null) {
            complaint = what;
        }
    }
}
