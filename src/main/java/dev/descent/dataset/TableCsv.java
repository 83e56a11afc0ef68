package dev.descent.dataset;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of a table as JSON values and as CSV.
final class TableCsv {

    private TableCsv() {}

    /// A cell's value: a number, a text, or null where it is missing.
    static @Nullable Object value(Heading heading, double cell) {
        if (Double.isNaN(cell)) {
            return null;
        }
        return switch (heading.type()) {
            case NUMERIC -> isShort(cell) ? (Object) (long) cell : (Object) cell;
            case CATEGORICAL -> heading.categories().get((int) cell);
        };
    }

    /// A whole number that can be written without point and exponent, and is read back as the same bits.
    private static boolean isShort(double number) {
        return number == StrictMath.rint(number)
                && Math.abs(number) <= 0x1p53
                && Double.doubleToRawLongBits(number) != Long.MIN_VALUE;
    }

    /// Writes a header and `count` rows from `offset` on. Text that a spreadsheet would take for a formula gets a `'`
    /// in front. The stream is flushed and stays open.
    static void write(Table table, long offset, long count, OutputStream target) throws IOException {
        var text = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        List<Heading> headings = table.headings();
        var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(
                headings.stream().map(heading -> harmless(heading.name())).toList());
        String[] fields = new String[headings.size()];
        table.visit(offset, count, (index, cells) -> {
            for (int i = 0; i < fields.length; i++) {
                fields[i] = switch (value(headings.get(i), cells[i])) {
                    case null -> "";
                    case String category -> harmless(category);
                    case Object number -> number.toString();
                };
            }
            csv.writeRecord(fields);
        });
        csv.flush();
    }

    private static String harmless(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }
}
