package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.data.Cells;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Scaling;
import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.core.data.TableLimits;
import dev.descent.core.data.TableSummary;
import dev.descent.core.data.TextOptions;
import dev.descent.core.data.TextTable;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The Credit data of "An Introduction to Statistical Learning": 400 rows, numbers and categories.
class CreditTest {

    @TempDir
    private Path folder;

    private static Path credit() {
        Path file = Path.of(System.getProperty("descent.test.data", "../shared/data"), "Credit.csv");
        assertThat(file)
                .as("Credit.csv is looked for in the folder that the system property descent.test.data names")
                .isRegularFile();
        return file;
    }

    @Test
    void limitAndBalanceStandardizedAreTheReferences() throws Exception {
        Path file = folder.resolve("table");
        TableSummary summary;
        try (OutputStream target = Files.newOutputStream(file)) {
            summary = TextTable.write(
                    new CsvFile(() -> Files.newInputStream(credit()), ',', 65_536),
                    TextOptions.DEFAULT,
                    new TableLimits(1000, 20, 65_536, 100),
                    target);
        }
        assertThat(summary.rows()).isEqualTo(400);
        assertThat(summary.columns().get(7).categories()).containsExactly(" Male", "Female");
        try (Table table = Table.open(FileChannel.open(file))) {
            Encoding encoding = Encoding.of(table.headings(), List.of("Limit", "Balance"));
            Cells cells = encoding.read(table);
            int[] rows = Split.NONE.rows(400, 0).training();
            FittedScaling scaling = encoding.fit(new Scaling.Standardize(1), cells, rows, warning -> {});
            Matrix matrix = encoding.matrix(Precision.FLOAT64, cells, rows, scaling);
            assertThat(matrix.rows()).isEqualTo(400);
            JsonNode expected = Golden.read("credit.json").get("standardisedFirstRows");
            for (int i = 0; i < 3; i++) {
                // NumPy sums pairwise, we in row order: 400 terms differ by a few units in the last place
                Golden.assertClose(
                        "limit", matrix.get(i, 0), expected.get("limit").get(i).doubleValue(), 1e-13, 0);
                Golden.assertClose(
                        "balance",
                        matrix.get(i, 1),
                        expected.get("balance").get(i).doubleValue(),
                        1e-13,
                        0);
            }
        }
    }
}
