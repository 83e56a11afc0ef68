package dev.descent.model;

import java.io.IOException;

/// The rows of a text, some at a time. Complaints name the line.
interface TextRows {

    /// Fills `cells` from the front; returns how many rows there were, fewer than asked for only at the end.
    int read(double[][] cells) throws IOException;

    /// The line in which row `i` of the last [#read] begins, counted from 1.
    long line(int i);
}
