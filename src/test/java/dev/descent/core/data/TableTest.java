package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    private static final List<Heading> HEADINGS =
            List.of(Heading.numeric("x"), Heading.categorical("größe", List.of("klein", "groß")));
    private static final List<Storage> STORAGES = List.of(Storage.FLOAT, Storage.FLOAT);
    private static final double[][] ROWS = {{1, 0}, {2, 1}, {4, Double.NaN}, {8, 0}, {Double.NaN, 0}};

    @TempDir
    private Path folder;

    private Path file;
    private byte[] bytes;
    private List<Column> columns;

    @BeforeEach
    void writeTable() throws IOException {
        var target = new ByteArrayOutputStream();
        var writer = new TableWriter(target, HEADINGS, STORAGES, ROWS.length);
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
            assertThat(table.cells(1, 0).column(0)).containsExactly(0, 1, Double.NaN, 0, 0);
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
        var writer = new TableWriter(target, HEADINGS, List.of(Storage.FLOAT, Storage.BYTE), count);
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
        var writer = new TableWriter(
                new ByteArrayOutputStream(), List.of(Heading.numeric("x")), List.of(Storage.DOUBLE), 30_000);
        for (int i = 0; i < 30_000; i++) {
            writer.row(new double[] {i % 3 == 0 ? -0.0 : i * 7919 % 9001});
        }
        assertThat(writer.finish().getFirst().distinct()).isEqualTo(9001);
    }

    /// Each column is the narrowest that its cells allow, and every cell comes back to the last bit.
    @Test
    void columnsAreKeptAsNarrowAsTheirCellsAllow() throws IOException {
        double[][] rows = {
            {0, -1, 0.5, 0.1, -0.0, 70_000, 256, Double.NaN, Double.MIN_VALUE, 16_777_216},
            {255, 32_767, -3.25, 2, 7, 1, 0, 3, 1, 16_777_217},
        };
        var survey = new StorageSurvey(rows[0].length);
        for (double[] row : rows) {
            survey.row(row);
        }
        assertThat(survey.narrowest())
                .containsExactly(
                        Storage.BYTE,
                        Storage.SHORT,
                        Storage.FLOAT,
                        Storage.DOUBLE,
                        Storage.FLOAT,
                        Storage.FLOAT,
                        Storage.SHORT,
                        Storage.FLOAT,
                        Storage.DOUBLE,
                        Storage.DOUBLE);
        List<Heading> headings = IntStream.range(0, rows[0].length)
                .mapToObj(i -> Heading.numeric("x" + i))
                .toList();
        var target = new ByteArrayOutputStream();
        var writer = new TableWriter(target, headings, survey.narrowest(), rows.length);
        for (double[] row : rows) {
            writer.row(row);
        }
        writer.finish();
        Files.write(file, target.toByteArray());
        try (Table table = open()) {
            assertThat(table.bytesPerRow(0, 1, 2, 3)).isEqualTo(1 + 2 + 4 + 8);
            assertSameRows(table.rows(0, 2), rows);
            Cells cells = table.cells(IntStream.range(0, rows[0].length).toArray());
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows[i].length; j++) {
                    assertThat(Double.doubleToLongBits(cells.get(j, i))).isEqualTo(Double.doubleToLongBits(rows[i][j]));
                    assertThat(cells.column(j)[i]).isEqualTo(Double.valueOf(rows[i][j]));
                }
            }
        }
    }

    @Test
    void cellThatItsColumnCannotHoldIsADefect() throws IOException {
        var writer =
                new TableWriter(new ByteArrayOutputStream(), List.of(Heading.numeric("x")), List.of(Storage.BYTE), 1);
        assertThatThrownBy(() -> writer.row(new double[] {256})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.row(new double[] {-0.0})).isInstanceOf(IllegalArgumentException.class);
    }

    /// As tables were written before columns had a storage.
    @Test
    void tableOfVersionOneIsRead() throws IOException {
        byte[] name = "x".getBytes(StandardCharsets.UTF_8);
        ByteBuffer old = ByteBuffer.allocate(24 + 16 + 16).order(ByteOrder.LITTLE_ENDIAN);
        old.put("DTBL".getBytes(StandardCharsets.UTF_8))
                .putInt(1)
                .putLong(2)
                .putInt(1)
                .putInt(10);
        old.put((byte) 0).putInt(name.length).put(name).putInt(0);
        old.position(40).putDouble(0.1).putDouble(Double.NaN);
        Files.write(file, old.array());
        try (Table table = open()) {
            assertThat(table.headings()).containsExactly(Heading.numeric("x"));
            assertThat(table.column("x")).containsExactly(0.1, Double.NaN);
            assertSameRows(table.rows(0, 2), new double[][] {{0.1}, {Double.NaN}});
        }
    }

    @Test
    void statisticsThatAreNoNumbersAreNull() throws IOException {
        var writer =
                new TableWriter(new ByteArrayOutputStream(), List.of(Heading.numeric("x")), List.of(Storage.BYTE), 1);
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
        assertRefused(bytes.length, 25, 8); // storage
        assertRefused(bytes.length, 25, 1); // another storage: the file would be longer
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
        var writer = new TableWriter(new ByteArrayOutputStream(), HEADINGS, STORAGES, 2);
        writer.row(ROWS[0]);
        assertThatThrownBy(writer::finish).hasMessageContaining("1 rows were written, 2 announced");
        assertThatThrownBy(() -> writer.row(new double[1])).isInstanceOf(IllegalArgumentException.class);
    }
}
