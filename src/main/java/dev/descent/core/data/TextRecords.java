package dev.descent.core.data;

/// The records of a text, readable from the start as often as wanted.
public interface TextRecords {

    /// Hands every record to `visitor`. Text that cannot be cut into records is an [InvalidTable], and what the
    /// visitor throws ends the reading.
    void read(Visitor visitor);

    /// Told of each record in order: its begin, its fields, its end.
    interface Visitor {

        /// A line with nothing in it, between records.
        void blankLine();

        /// `line` is the record's first, counted from 1.
        void begin(long line);

        /// The field's text stands in the buffer only until this returns.
        void field(char[] buffer, int offset, int length);

        void end();
    }
}
