package dev.descent.dataset;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.descent.core.data.ArrayFile;
import dev.descent.core.data.Flaw;
import dev.descent.core.data.InvalidTable;
import dev.descent.core.data.TextRecords;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A CSV file (RFC 4180, any line ends): fields between delimiters, in double quotes where they hold one.
///
/// Memory is bounded by the longest field allowed, whatever the file holds.
///
/// @param fieldCharacters how long a field may be
record CsvFile(ArrayFile.Source file, char delimiter, int fieldCharacters) implements TextRecords {

    private static final int READ_AHEAD = 3 * 8192;

    @Override
    public void read(Visitor visitor) {
        var records = new Records(visitor, delimiter);
        try (var text = new Utf8Reader(file);
                var csv = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .quoteCharacter('"')
                        .commentStrategy(CommentStrategy.NONE)
                        .skipEmptyLines(false)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .allowExtraCharsAfterClosingQuote(false)
                        .allowUnclosedQuote(false)
                        .detectBomHeader(false)
                        // a quote inside quotes takes two characters
                        .maxBufferSize(2 * fieldCharacters + READ_AHEAD)
                        .build(records, text)) {
            for (var unused : csv) {
                // everything happens in the handler
            }
        } catch (CsvParseException broken) {
            throw broken.getCause() instanceof RuntimeException ours
                    ? ours
                    : new InvalidTable(flaw(String.valueOf(broken.getMessage()), records));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Flaw flaw(String complaint, Records records) {
        String code;
        String message;
        if (complaint.startsWith("The maximum buffer size")) {
            code = "field-too-long";
            message = "a field has more than " + fieldCharacters + " characters; maybe a quote is not closed";
        } else if (complaint.startsWith("Unclosed")) {
            code = "unclosed-quote";
            message = "a quoted field does not end";
        } else {
            code = "text-after-quote";
            message = "text follows the closing quote of a field; a quote within quotes is written twice";
        }
        return new Flaw(code, message, records.line(), records.column());
    }

    /// Turns the parser's calls into the visitor's. The parser begins a record before it knows whether there is one.
    private static final class Records extends AbstractBaseCsvCallbackHandler<Boolean> {

        private static final String OTHER_DELIMITERS = ",;\t|";

        private final Visitor visitor;
        private final char delimiter;
        private long line = 1;
        private boolean first = true;
        private int otherDelimiters;

        Records(Visitor visitor, char delimiter) {
            this.visitor = visitor;
            this.delimiter = delimiter;
        }

        long line() {
            return line;
        }

        /// The column that the parser is in, counted from 1.
        int column() {
            return getFieldCount() + 1;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            line = startingLineNumber;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index == 0) {
                visitor.begin(line);
            }
            if (first && !quoted) {
                countOtherDelimiters(buffer, offset, length);
            }
            visitor.field(buffer, offset, length);
        }

        private void countOtherDelimiters(char[] buffer, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (buffer[i] != delimiter && OTHER_DELIMITERS.indexOf(buffer[i]) >= 0) {
                    otherDelimiters++;
                }
            }
        }

        @Override
        protected Boolean buildRecord() {
            if (getRecordType() == RecordType.EMPTY) {
                visitor.blankLine();
                return true;
            }
            if (first && getFieldCount() == 1 && otherDelimiters > 0) {
                throw new InvalidTable(new Flaw(
                        "single-column",
                        "the first line is one field that holds other delimiters; name the one between fields with the "
                                + "option delimiter (; or tab), and a decimal comma with decimal=,",
                        line,
                        1));
            }
            first = false;
            visitor.end();
            return true;
        }
    }
}
