package dev.descent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The reference numbers, and comparison with them.
public final class Golden {

    private Golden() {}

    public static JsonNode read(String name) {
        return resource("golden/" + name);
    }

    /// The JSON of a resource of the tests, by its path.
    public static JsonNode resource(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/" + name)) {
            return new JsonMapper().readTree(Objects.requireNonNull(file, name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static double[] vector(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).doubleValue();
        }
        return values;
    }

    public static double[][] matrix(JsonNode node) {
        double[][] rows = new double[node.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = vector(node.get(i));
        }
        return rows;
    }

    /// Class indices as one-hot rows.
    public static double[][] oneHot(JsonNode labels, int classes) {
        double[][] rows = new double[labels.size()][classes];
        for (int i = 0; i < rows.length; i++) {
            rows[i][labels.get(i).intValue()] = 1;
        }
        return rows;
    }

    /// Fails unless `found` is within `tolerance` of `expected`, relative to the larger of `|expected|` and `floor`.
    public static void assertClose(String what, double found, double expected, double tolerance, double floor) {
        double allowed = tolerance * Math.max(Math.abs(expected), floor);
        assertThat(Math.abs(found - expected))
                .as("%s: %s, expected %s", what, found, expected)
                .isLessThanOrEqualTo(allowed);
    }

    /// The same for all entries.
    public static void assertClose(String what, double[][] found, double[][] expected, double tolerance, double floor) {
        assertThat(found.length).as(what + " rows").isEqualTo(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i].length).as(what + " columns").isEqualTo(expected[i].length);
            for (int j = 0; j < found[i].length; j++) {
                assertClose(what + "[" + i + "][" + j + "]", found[i][j], expected[i][j], tolerance, floor);
            }
        }
    }
}
