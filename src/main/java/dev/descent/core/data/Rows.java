package dev.descent.core.data;

/// A visitor of the records below the header, each field with its column's place.
abstract class Rows implements TextRecords.Visitor {

    private final MissingCells missing;
    private boolean headerAhead;
    private boolean inHeader;
    private int column;
    private long line;

    Rows(Survey.Plan plan, TextOptions options) {
        this.headerAhead = plan.header();
        this.missing = new MissingCells(options.missing());
    }

    /// A cell in `column`, counted from 0; `missing` says whether it has no value.
    abstract void cell(int column, boolean missing, char[] buffer, int offset, int length);

    /// After the last cell of a row.
    void endRow() {}

    long line() {
        return line;
    }

    @Override
    public final void blankLine() {}

    @Override
    public final void begin(long line) {
        this.line = line;
        inHeader = headerAhead;
        headerAhead = false;
        column = 0;
    }

    @Override
    public final void field(char[] buffer, int offset, int length) {
        if (!inHeader) {
            cell(column++, missing.contains(buffer, offset, length), buffer, offset, length);
        }
    }

    @Override
    public final void end() {
        if (!inHeader) {
            endRow();
        }
    }
}
