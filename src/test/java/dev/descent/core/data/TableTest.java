package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    private static final List<Heading> HEADINGS =
            List.of(Heading.numeric("x"), Heading.categorical("größe", List.of("klein", "groß")));
    private static final double[][] ROWS = {{1, 0}, {2, 1}, {4, Double.NaN}, {8, 0}, {Double.NaN, 0}};

    @TempDir
    private Path folder;

    private Path file;
    private byte[] bytes;
    private List<Column> columns;

    @BeforeEach
    void writeTable() throws IOException {
        var target = new ByteArrayOutputStream();
        var writer = new TableWriter(target, HEADINGS, ROWS.length);
        for (double[] row : ROWS) {
            writer.row(row);
        }
        columns = writer.finish();
        bytes = target.toByteArray();
        file = Files.write(folder.resolve("table"), bytes);
    }

    private Table open() throws IOException {
        return Table.open(FileChannel.open(file));
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        try (Table table = open()) {
            assertThat(table.headings()).isEqualTo(HEADINGS);
            assertThat(table.rows()).isEqualTo(5);
            assertSameRows(table.rows(0, 100), ROWS);
            assertThat(table.column("x")).containsExactly(1, 2, 4, 8, Double.NaN);
            assertThat(table.columns(1, 0)[0]).containsExactly(0, 1, Double.NaN, 0, 0);
            assertThat(table.indexOf("größe")).isEqualTo(1);
            assertThat(table.indexOf("y")).isEqualTo(-1);
        }
    }

    private static void assertSameRows(double[][] rows, double[][] expected) {
        assertThat(Arrays.deepToString(rows)).isEqualTo(Arrays.deepToString(expected));
    }

    @Test
    void rowsComeInPages() throws IOException {
        try (Table table = open()) {
            assertSameRows(table.rows(1, 2), new double[][] {ROWS[1], ROWS[2]});
            assertSameRows(table.rows(4, 2), new double[][] {ROWS[4]});
            assertThat(table.rows(5, 2)).isEmpty();
            assertThat(table.rows(Long.MAX_VALUE, 2)).isEmpty();
        }
    }

    @Test
    void rowsBeyondOneBufferAreRead() throws IOException {
        int count = 100_000;
        var target = new ByteArrayOutputStream();
        var writer = new TableWriter(target, HEADINGS, count);
        for (int i = 0; i < count; i++) {
            writer.row(new double[] {i, i % 2});
        }
        assertThat(writer.finish().getFirst().distinct()).isNull();
        Files.write(file, target.toByteArray());
        try (Table table = open()) {
            double[] x = table.column("x");
            assertThat(x).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(x[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void columnsAreSummedUp() {
        Column x = columns.getFirst();
        assertThat(x.missing()).isEqualTo(1);
        assertThat(x.distinct()).isEqualTo(4);
        assertThat(x.minimum()).isEqualTo(1);
        assertThat(x.maximum()).isEqualTo(8);
        assertThat(x.mean()).isEqualTo(3.75);
        assertThat(x.standardDeviation()).isEqualTo(3.095695936834452); // numpy std(ddof=1)
        assertThat(x.categories()).isNull();
        Column size = columns.getLast();
        assertThat(size.missing()).isEqualTo(1);
        assertThat(size.distinct()).isEqualTo(2);
        assertThat(size.mean()).isNull();
        assertThat(size.categories()).containsExactly("klein", "groß");
    }

    @Test
    void differentNumbersAreCountedOnceWhateverTheirOrder() throws IOException {
        var writer = new TableWriter(new ByteArrayOutputStream(), List.of(Heading.numeric("x")), 30_000);
        for (int i = 0; i < 30_000; i++) {
            writer.row(new double[] {i % 3 == 0 ? -0.0 : i * 7919 % 9001});
        }
        assertThat(writer.finish().getFirst().distinct()).isEqualTo(9001);
    }

    @Test
    void statisticsThatAreNoNumbersAreNull() throws IOException {
        var writer = new TableWriter(new ByteArrayOutputStream(), List.of(Heading.numeric("x")), 1);
        writer.row(new double[] {5});
        assertThat(writer.finish().getFirst().standardDeviation()).isNull();
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        assertRefused(bytes.length - 1, 0, 0);
        assertRefused(20, 0, 0);
        assertRefused(30, 0, 0);
        assertRefused(bytes.length, 0, 1); // magic
        assertRefused(bytes.length, 4, 1); // version
        assertRefused(bytes.length, 8, 1); // rows
        assertRefused(bytes.length, 16, 1); // columns
        assertRefused(bytes.length, 16, 0x40);
        assertRefused(bytes.length, 23, 0x7f); // length of the headings
        assertRefused(bytes.length, 24, 5); // type
        assertRefused(bytes.length, 28, 0x70); // length of a name
    }

    private void assertRefused(int length, int flipped, int bits) throws IOException {
        byte[] damaged = Arrays.copyOf(bytes, length);
        damaged[flipped] ^= (byte) bits;
        Files.write(file, damaged);
        assertThatThrownBy(this::open).as("%d bytes, byte %d", length, flipped).isInstanceOf(IOException.class);
    }

    @Test
    void missingRowsAreNoticedByTheWriter() throws IOException {
        var writer = new TableWriter(new ByteArrayOutputStream(), HEADINGS, 2);
        writer.row(ROWS[0]);
        assertThatThrownBy(writer::finish).hasMessageContaining("1 rows were written, 2 announced");
        assertThatThrownBy(() -> writer.row(new double[1])).isInstanceOf(IllegalArgumentException.class);
    }
}
