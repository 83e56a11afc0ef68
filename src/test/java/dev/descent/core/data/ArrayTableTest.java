package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArrayTableTest {

    private static final TableLimits LIMITS = new TableLimits(100_000, 1000, 1000, 20);

    @TempDir
    private Path folder;

    private static ArrayFile array(String part, byte[] bytes) throws IOException {
        return ArrayFile.of(part, () -> new ByteArrayInputStream(bytes)).orElseThrow();
    }

    /// The rows of the table that is made of these files.
    private double[][] rows(byte[] file, byte[] labels, TextOptions options) throws IOException {
        try (Table table = table(file, labels, options)) {
            return table.rows(0, 100_000);
        }
    }

    private Table table(byte[] file, byte[] labels, TextOptions options) throws IOException {
        var target = new ByteArrayOutputStream();
        ArrayTable.write(array("file", file), labels == null ? null : array("labels", labels), options, LIMITS, target);
        Path written = Files.write(folder.resolve("table"), target.toByteArray());
        return Table.open(FileChannel.open(written));
    }

    private static TextOptions options(Set<String> missing, Map<String, ColumnType> types) {
        return new TextOptions(TextOptions.Header.AUTO, missing, types, '.');
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    @Test
    void imagesAndLabelsBecomeOneTable() throws IOException {
        byte[] images = ArrayBytes.idx(new int[] {3, 2, 2}, 0, 255, 128, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        byte[] labels = ArrayBytes.idx(new int[] {3}, 7, 10, 7);
        try (Table table = table(images, labels, TextOptions.DEFAULT)) {
            assertThat(table.headings())
                    .containsExactly(
                            Heading.numeric("x0"),
                            Heading.numeric("x1"),
                            Heading.numeric("x2"),
                            Heading.numeric("x3"),
                            Heading.categorical("label", List.of("7", "10")));
            assertThat(table.rows(0, 9))
                    .isDeepEqualTo(new double[][] {{0, 255, 128, 1, 0}, {2, 3, 4, 5, 1}, {6, 7, 8, 9, 0}});
            assertThat(table.bytesPerRow(0, 1, 2, 3, 4)).isEqualTo(5);
        }
    }

    @Test
    void declaredLabelsStayNumbers() throws IOException {
        byte[] labels = ArrayBytes.idx(new int[] {2}, 7, 10);
        TextOptions numeric = options(Set.of(), Map.of("label", ColumnType.NUMERIC));
        assertThat(rows(ArrayBytes.idx(new int[] {2, 1}, 1, 2), labels, numeric))
                .isDeepEqualTo(new double[][] {{1, 7}, {2, 10}});
        byte[] fractions =
                ArrayBytes.idx(0x0e, new int[] {2}, buffer(16).putDouble(0.5).putDouble(-1));
        assertThat(rows(ArrayBytes.idx(new int[] {2, 1}, 1, 2), fractions, TextOptions.DEFAULT))
                .isDeepEqualTo(new double[][] {{1, 0.5}, {2, -1}});
    }

    @Test
    void oneDimensionIsOneColumn() throws IOException {
        try (Table table = table(ArrayBytes.idx(new int[] {3}, 5, 0, 4), null, TextOptions.DEFAULT)) {
            assertThat(table.headings()).containsExactly(Heading.numeric("value"));
            assertThat(table.column("value")).containsExactly(5, 0, 4);
        }
    }

    @Test
    void everyElementTypeOfIdxIsRead() throws IOException {
        int[] shape = {2, 1};
        assertColumn(ArrayBytes.idx(shape, 255, 0), 255, 0);
        assertColumn(ArrayBytes.idx(0x09, shape, buffer(2).put((byte) -128).put((byte) 127)), -128, 127);
        assertColumn(
                ArrayBytes.idx(0x0b, shape, buffer(4).putShort((short) -32768).putShort((short) 258)), -32768, 258);
        assertColumn(
                ArrayBytes.idx(0x0c, shape, buffer(8).putInt(Integer.MIN_VALUE).putInt(16_777_217)),
                -0x1p31,
                16_777_217);
        assertColumn(ArrayBytes.idx(0x0d, shape, buffer(8).putFloat(0.1f).putFloat(-0f)), 0.1f, -0.0);
        assertColumn(ArrayBytes.idx(0x0e, shape, buffer(16).putDouble(0.1).putDouble(1e300)), 0.1, 1e300);
    }

    private void assertColumn(byte[] file, double... expected) throws IOException {
        try (Table table = table(file, null, TextOptions.DEFAULT)) {
            assertThat(table.column("x0")).containsExactly(expected);
        }
    }

    static Stream<JsonNode> numpysFiles() throws IOException {
        try (InputStream json = ArrayTableTest.class.getResourceAsStream("/reference/npy.json")) {
            return new JsonMapper().readTree(json).valueStream().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("numpysFiles")
    void whatNumpySavesIsRead(JsonNode saved) throws IOException {
        byte[] file = Base64.getDecoder().decode(saved.get("file").stringValue());
        double[][] expected = saved.get("rows")
                .valueStream()
                .map(row -> row.valueStream().mapToDouble(JsonNode::doubleValue).toArray())
                .toArray(double[][]::new);
        assertThat(rows(file, null, TextOptions.DEFAULT)).isDeepEqualTo(expected);
    }

    /// 6000 x 900 doubles by columns, 43 MB, are more than one band of the reader.
    @Test
    void columnsLargerThanTheBufferAreTransposed() throws IOException {
        int rows = 6000;
        int columns = 900;
        ByteBuffer numbers = buffer(rows * columns * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                numbers.putDouble(i + j / 1024.0);
            }
        }
        String head = "{'descr': '<f8', 'fortran_order': True, 'shape': (" + rows + ", " + columns + "), }";
        byte[] file = ArrayBytes.npy(head, numbers.array());
        try (Table table = table(file, null, TextOptions.DEFAULT)) {
            for (int i : new int[] {0, 1, 4659, 4660, 4661, 5999}) {
                double[] row = table.rows(i, 1)[0];
                for (int j = 0; j < columns; j++) {
                    assertThat(row[j]).isEqualTo(i + j / 1024.0);
                }
            }
        }
        assertRefused(Arrays.copyOf(file, file.length - 1), null, "truncated", "file");
        assertRefused(Arrays.copyOf(file, file.length + 1), null, "trailing-data", "file");
    }

    @Test
    void rowsLargerThanTheBufferAndManyAreRead() throws IOException {
        byte[] bytes = new byte[50_000 * 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        byte[] file = ArrayBytes.idx(0x08, new int[] {50_000, 4, 5}, ByteBuffer.wrap(bytes));
        double[][] rows = rows(file, null, TextOptions.DEFAULT);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(rows[i / 20][i % 20]).isEqualTo(bytes[i] & 0xff);
        }
    }

    @Test
    void notANumberIsMissingOnlyWhereThatIsSaid() throws IOException {
        byte[] file = ArrayBytes.idx(
                0x0d, new int[] {2, 1}, buffer(8).putFloat(Float.NaN).putFloat(2));
        assertRefused(file, null, "non-finite", "file");
        double[][] rows = rows(file, null, options(Set.of("NaN"), Map.of()));
        assertThat(rows[0][0]).isNaN();
        assertThat(rows[1][0]).isEqualTo(2);
        assertRefused(
                ArrayBytes.idx(0x0d, new int[] {1, 1}, buffer(4).putFloat(Float.POSITIVE_INFINITY)),
                null,
                "non-finite",
                "file");
    }

    @Test
    void roundedIntegersAreWarnedOf() throws IOException {
        byte[] numbers = new byte[16];
        ByteBuffer.wrap(numbers)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong((1L << 53) + 1)
                .putLong(1L << 60);
        byte[] file = ArrayBytes.npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", numbers);
        TableSummary summary =
                ArrayTable.write(array("file", file), null, TextOptions.DEFAULT, LIMITS, new ByteArrayOutputStream());
        assertThat(summary.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("precision-loss");
            assertThat(warning.message()).startsWith("1 integers");
        });
    }

    @Test
    void manyConstantColumnsAreToldOfTogether() throws IOException {
        byte[] file = ArrayBytes.idx(new int[] {2, 15}, new int[30]);
        TableSummary summary =
                ArrayTable.write(array("file", file), null, TextOptions.DEFAULT, LIMITS, new ByteArrayOutputStream());
        assertThat(summary.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("constant-column");
            assertThat(warning.message())
                    .startsWith("15 columns")
                    .contains("x0, x1")
                    .endsWith("and 5 more");
        });
    }

    @Test
    void brokenArraysAreRefusedByPartAndCode() throws IOException {
        byte[] images = ArrayBytes.idx(new int[] {2, 2}, 1, 2, 3, 4);
        byte[] labels = ArrayBytes.idx(new int[] {2}, 0, 1);
        for (int length = 2; length < images.length; length++) {
            assertRefused(Arrays.copyOf(images, length), null, "truncated", "file");
        }
        for (int length = 2; length < labels.length; length++) {
            assertRefused(images, Arrays.copyOf(labels, length), "truncated", "labels");
        }
        assertRefused(Arrays.copyOf(images, images.length + 1), labels, "trailing-data", "file");
        assertRefused(images, Arrays.copyOf(labels, labels.length + 1), "trailing-data", "labels");
        assertRefused(images, ArrayBytes.idx(new int[] {3}, 0, 1, 2), "row-mismatch", "labels");
        assertRefused(images, images, "labels-shape", "labels");
        assertRefused(labels, images, "labels-shape", "labels");
        assertRefused(ArrayBytes.idx(0x0a, new int[] {1}, buffer(8)), null, "unsupported-element", "file");
        assertRefused(images, ArrayBytes.idx(0, new int[] {2}, buffer(2)), "unsupported-element", "labels");
        assertRefused(ArrayBytes.idx(new int[0]), null, "unsupported-shape", "file");
        assertRefused(ArrayBytes.idx(new int[] {1, 1, 1, 1, 1}, 1), null, "unsupported-shape", "file");
        assertRefused(ArrayBytes.idx(new int[] {0, 2}), null, "no-rows", "file");
        assertRefused(ArrayBytes.idx(new int[] {2, 0}), null, "no-rows", "file");
        assertRefused(ArrayBytes.idx(new int[] {-1, 2}), null, "too-many-rows", "file");
        assertRefused(ArrayBytes.idx(new int[] {1, 1001}), null, "too-many-columns", "file");
        assertRefused(ArrayBytes.idx(new int[] {1, -1, -1, -1}), null, "too-many-columns", "file");
        byte[] many = new byte[30];
        Arrays.setAll(new int[30], i -> many[i] = (byte) i);
        assertRefused(
                ArrayBytes.idx(0x08, new int[] {30, 1}, ByteBuffer.wrap(many)),
                ArrayBytes.idx(0x08, new int[] {30}, ByteBuffer.wrap(many)),
                "too-many-categories",
                "labels");
        assertThatThrownBy(() -> rows(images, labels, options(Set.of(), Map.of("y", ColumnType.NUMERIC))))
                .isInstanceOfSatisfying(
                        InvalidTable.class,
                        e -> assertThat(e.flaws().getFirst().code()).isEqualTo("unknown-column"));
    }

    @Test
    void whatNumpyAloneCanReadIsRefused() throws IOException {
        assertRefused(head("'|O'", "False", "(1,)"), null, "unsupported-element", "file");
        assertRefused(head("'<f2'", "False", "(1,)"), null, "unsupported-element", "file");
        assertRefused(head("[('a', '<f4')]", "False", "(1,)"), null, "unsupported-element", "file");
        assertRefused(head("'<f4'", "True", "(1, 1, 1)"), null, "unsupported-shape", "file");
        assertRefused(head("'<f4'", "False", "()"), null, "unsupported-shape", "file");
        assertRefused(head("'<f4'", "False", "(1, 1, 1, 1, 1)"), null, "unsupported-shape", "file");
        assertRefused(head("'<f4'", "False", "(99999999999999999999,)"), null, "unsupported-shape", "file");
        assertRefused(ArrayBytes.npy("{'descr': '<f4'}"), null, "unsupported-file", "file");
        assertRefused(ArrayBytes.npy("__import__('os')"), null, "unsupported-file", "file");
        byte[] late = head("'<f4'", "False", "(1,)");
        late[6] = 4;
        assertRefused(late, null, "unsupported-file", "file");
        assertRefused(Arrays.copyOf(late, 6), null, "truncated", "file");
    }

    private static byte[] head(String descr, String fortran, String shape) {
        return ArrayBytes.npy("{'descr': " + descr + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }");
    }

    private void assertRefused(byte[] file, byte[] labels, String code, String part) {
        assertThatThrownBy(() -> rows(file, labels, TextOptions.DEFAULT))
                .as("%s of %s", code, part)
                .isInstanceOfSatisfying(InvalidTable.class, e -> {
                    assertThat(e.flaws().getFirst().code()).isEqualTo(code);
                    assertThat(e.flaws().getFirst().part()).isEqualTo(part);
                });
    }
}
