package dev.descent.core.train;

/// A part of a [Checkpoint]: (rows x columns) numbers, by rows, under a name and an index of its own.
record Section(String name, int index, int rows, int columns, Numbers numbers) {

    /// How a complaint calls it, and what no two sections of a checkpoint share.
    String key() {
        return key(name, index);
    }

    static String key(String name, int index) {
        return name + "/" + index;
    }

    boolean is(String name, int index, int rows, int columns, char code) {
        return this.index == index
                && this.rows == rows
                && this.columns == columns
                && numbers.code() == code
                && this.name.equals(name);
    }
}
