package dev.descent.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Flaw;
import dev.descent.core.data.InvalidTable;
import dev.descent.core.data.Table;
import dev.descent.core.data.TableLimits;
import dev.descent.core.data.TableSummary;
import dev.descent.core.data.TextTable;
import dev.descent.core.data.Warning;
import dev.descent.core.random.NumpyRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// CSV text becomes a table, or is refused by place.
class CsvTableTest {

    private static final TableLimits LIMITS = new TableLimits(1000, 10_000, 65_536, 100);

    @TempDir
    private Path folder;

    private TableSummary summary;
    private String[][] rows;

    private void read(String query, byte[] text) throws IOException {
        Path csv = Files.write(folder.resolve("upload"), text);
        Path file = folder.resolve("table");
        UploadOptions options = options(query);
        try (OutputStream target = Files.newOutputStream(file)) {
            summary = TextTable.write(
                    new CsvFile(() -> Files.newInputStream(csv), options.delimiter(), LIMITS.fieldCharacters()),
                    options.text(),
                    LIMITS,
                    target);
        }
        try (Table table = Table.open(FileChannel.open(file))) {
            rows = Arrays.stream(table.rows(0, 1000))
                    .map(cells -> IntStream.range(0, cells.length)
                            .mapToObj(i -> String.valueOf(
                                    TableCsv.value(table.headings().get(i), cells[i])))
                            .toArray(String[]::new))
                    .toArray(String[][]::new);
        }
    }

    private void read(String text) throws IOException {
        read("", text.getBytes(UTF_8));
    }

    private void read(String query, String text) throws IOException {
        read(query, text.getBytes(UTF_8));
    }

    private static UploadOptions options(String query) {
        Map<String, String> given = new HashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.substring(1).split("&")) {
            given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return UploadOptions.of(
                null,
                given.get("header"),
                given.get("delimiter"),
                given.get("decimal"),
                given.get("missing"),
                given.get("types"));
    }

    private void assertColumns(String... namesAndTypes) {
        assertThat(summary.columns())
                .extracting(column -> column.name() + ":" + (column.type() == ColumnType.NUMERIC ? "n" : "c"))
                .containsExactly(namesAndTypes);
    }

    private void assertRows(String... expected) {
        assertThat(Arrays.stream(rows).map(row -> String.join("|", row))).containsExactly(expected);
    }

    private void assertWarnings(String... codes) {
        assertThat(summary.warnings()).extracting(Warning::code).containsExactly(codes);
    }

    @ParameterizedTest
    @MethodSource("dev.descent.dataset.BadTable#texts")
    void badTextIsRefusedByPlace(BadTable bad) {
        InvalidTable invalid = catchThrowableOfType(InvalidTable.class, () -> read(bad.query(), bad.body()));
        Flaw flaw = invalid.flaws().getFirst();
        assertThat(flaw.code()).as(flaw.message()).isEqualTo(bad.code());
        assertThat(flaw.line() == null ? 0 : flaw.line()).isEqualTo(bad.line());
        assertThat(flaw.column() == null ? 0 : flaw.column()).isEqualTo(bad.column());
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        read("\ufeffx,y\n1,2\n");
        assertColumns("x:n", "y:n");
    }

    @ParameterizedTest
    @CsvSource({"\\r\\n", "\\r", "\\n"})
    void everyLineEndIsOne(String end) throws IOException {
        String text = "x,y\n1,a\n2,b\n".replace("\n", end.translateEscapes());
        read(text);
        assertRows("1|a", "2|b");
        byte[] table = Files.readAllBytes(folder.resolve("table"));
        read("x,y\n1,a\r\n2,b");
        assertThat(Files.readAllBytes(folder.resolve("table"))).isEqualTo(table);
    }

    @Test
    void quotedFieldsHoldDelimitersQuotesAndLines() throws IOException {
        read("x,note\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n\"4\",plain\n");
        assertRows("1|a,b", "2|say \"hi\"", "3|two\nlines", "4|plain");
    }

    @Test
    void lineNumbersCountLinesWithinQuotes() {
        InvalidTable invalid =
                catchThrowableOfType(InvalidTable.class, () -> read("x,note\n1,\"two\nlines\"\n2,\"a\r\nb\"\n1d,c\n"));
        assertThat(invalid.flaws().getFirst().line()).isEqualTo(6);
    }

    @Test
    void typesAreInferredAndCategoriesSorted() throws IOException {
        read("n,t,b\n1,red,yes\n-2.5e3,blue,no\n.5,red,yes\n");
        assertColumns("n:n", "t:c", "b:c");
        assertThat(summary.columns().get(1).categories()).containsExactly("blue", "red");
        assertRows("1|red|yes", "-2500|blue|no", "0.5|red|yes");
        assertWarnings();
    }

    @Test
    void headerIsTextAboveNumbersOrTextAboveText() throws IOException {
        read("a,b\n1,2\n");
        assertColumns("a:n", "b:n");
        read("1,2\n3,4\n");
        assertColumns("column1:n", "column2:n");
        assertWarnings("header-looks-numeric");
    }

    @Test
    void headerMayBeForced() throws IOException {
        read("?header=present", "1990,1991\n3,4\n5,6\n");
        assertColumns("1990:n", "1991:n");
        assertWarnings("header-looks-numeric");
        read("?header=absent", "a,b\nc,d\n");
        assertColumns("column1:c", "column2:c");
        assertRows("a|b", "c|d");
    }

    @Test
    void rowOfTextAndNumbersIsNoHeaderWhereItsTypesAreTheColumns() throws IOException {
        read("red,1\nblue,2\n");
        assertColumns("column1:c", "column2:n");
        assertRows("red|1", "blue|2");
        read("colour,1990\nblue,2\n");
        assertColumns("column1:c", "column2:n");
        read("x,NaN\n1,2\n");
        assertColumns("x:n", "NaN:n");
    }

    @Test
    void emptyFieldsAndMarkersAreMissing() throws IOException {
        read("?missing=NA,?,NaN", "x,t\n1,a\nNA,?\n,\n NaN ,b\n");
        assertRows("1|a", "null|null", "null|null", "null|b");
        assertThat(summary.columns()).extracting(Column::missing).containsExactly(3L, 2L);
        assertThat(summary.columns().getFirst().standardDeviation()).isNull();
    }

    @Test
    void declaredTypesAreKept() throws IOException {
        read("?types=code:categorical", "code,x\n007,1\n1d,2\nNaN,3\n");
        assertThat(summary.columns().getFirst().categories()).containsExactly("007", "1d", "NaN");
    }

    @Test
    void otherDelimitersAndDecimalCommasAreRead() throws IOException {
        read("?delimiter=;&decimal=,", "x;y\n3,14;2\n-0,5;1\n");
        assertRows("3.14|2", "-0.5|1");
        read("?delimiter=tab", "x\ty\n1\t2\n");
        assertRows("1|2");
    }

    @Test
    void oneColumnIsATable() throws IOException {
        read("x\n1\n2\n");
        assertRows("1", "2");
    }

    @Test
    void oddNumbersAreTakenWithAWarning() throws IOException {
        read("a,b,c\n1e-400,9007199254740993,007\n1,2,3\n");
        assertRows("0|9007199254740992|7", "1|2|3");
        assertWarnings("underflow", "precision-loss", "leading-zeros");
        assertThat(summary.warnings()).extracting(Warning::column).containsExactly("a", "b", "c");
    }

    @Test
    void oddTextIsTakenWithAWarning() throws IOException {
        read("x,t, y\n1,5, Male\n2,b,Female\n\n3,b, Male\n");
        assertColumns("x:n", "t:c", "y:c");
        assertWarnings("name-normalized", "blank-lines", "mixed-column", "surrounding-space");
        assertThat(summary.columns().getLast().categories()).containsExactly(" Male", "Female");
    }

    @Test
    void constantColumnIsTakenWithAWarning() throws IOException {
        read("x,t\n1,a\n1,a\n");
        assertWarnings("constant-column", "constant-column");
    }

    @Test
    void textThatASpreadsheetWouldRunIsText() throws IOException {
        read("t,x\n=cmd|' /C calc'!A0,1\n+1+1,2\n@SUM(A1),3\n-2+3,4\n");
        assertRows("=cmd|' /C calc'!A0|1", "+1+1|2", "@SUM(A1)|3", "-2+3|4");
    }

    @Test
    void namesAreNeverRun() throws IOException {
        read("__proto__,constructor,\u202egnp\n1,2,3\n4,5,6\n");
        assertColumns("__proto__:n", "constructor:n", "\u202egnp:n");
    }

    @Test
    void tooManyCategoriesAreRefused() {
        String text = "x,t\n"
                + String.join(
                        "\n",
                        IntStream.range(0, 101).mapToObj(i -> i + ",t" + i).toList());
        InvalidTable invalid = catchThrowableOfType(InvalidTable.class, () -> read(text));
        assertThat(invalid.flaws().getFirst()).satisfies(flaw -> {
            assertThat(flaw.code()).isEqualTo("too-many-categories");
            assertThat(flaw.line()).isEqualTo(102);
            assertThat(flaw.column()).isEqualTo(2);
        });
    }

    @Test
    void longFieldsWithinTheLimitAreRead() throws IOException {
        String quotes = "\"\"".repeat(30_000);
        read("x,t\n1," + "a".repeat(65_536) + "\n2,\"" + quotes + "\"\n");
        assertThat(rows[0][1]).hasSize(65_536);
        assertThat(rows[1][1]).isEqualTo("\"".repeat(30_000));
    }

    @Test
    void charactersAcrossBuffersAreRead() throws IOException {
        String text = "t,x\n"
                + IntStream.range(0, 900)
                        .mapToObj(i -> "\ud83d\ude00\u00e4".repeat(i % 50 + 1) + "," + i + "\n")
                        .reduce("", String::concat);
        read(text);
        assertThat(rows).hasDimensions(900, 2);
        assertThat(rows[899][0]).isEqualTo("\ud83d\ude00\u00e4".repeat(50));
    }

    /// What is written as CSV is the table that is read from it, whatever the texts hold.
    @Test
    void tableWrittenAsCsvIsReadBackToTheByte() throws IOException {
        var random = new NumpyRandom(3);
        String[] parts = {",", "\"", "\n", "\r\n", ";", " ", "a", "\u00e4", "\ud83d\ude00", "'", "0", "\t"};
        for (int round = 0; round < 30; round++) {
            var text = new StringBuilder("n,t\n");
            for (int i = 0; i < 20; i++) {
                var field = new StringBuilder("t");
                for (int j = random.randint(6); j > 0; j--) {
                    field.append(parts[random.randint(parts.length)]);
                }
                text.append(i % 7 == 3 ? "" : Double.toString(random.randn() * StrictMath.pow(10, random.randint(30))))
                        .append(",\"")
                        .append(field.toString().replace("\"", "\"\""))
                        .append("\"\n");
            }
            read(text.toString());
            byte[] table = Files.readAllBytes(folder.resolve("table"));
            var csv = new ByteArrayOutputStream();
            try (Table written = Table.open(FileChannel.open(folder.resolve("table")))) {
                TableCsv.write(written, 0, written.rows(), csv);
            }
            read("", csv.toByteArray());
            assertThat(Files.readAllBytes(folder.resolve("table"))).isEqualTo(table);
        }
    }

    /// Any bytes are a table or an [InvalidTable], nothing else.
    @Test
    void damagedTextIsATableOrRefused() throws IOException {
        byte[] sound = "x,t,\"y z\"\n1,\"a,b\",1e-3\n2,\"c\"\"d\",\n-3.5,gr\u00fcn,7\n".getBytes(UTF_8);
        var random = new NumpyRandom(4);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = Arrays.copyOf(sound, 1 + random.randint(sound.length + 3));
            for (int i = random.randint(4); i > 0; i--) {
                damaged[random.randint(damaged.length)] = (byte) random.randint(256);
            }
            try {
                read("", damaged);
            } catch (InvalidTable invalid) {
                refused++;
                assertThat(invalid.flaws()).isNotEmpty();
            }
        }
        assertThat(refused).isBetween(1000, 1990);
    }
}
