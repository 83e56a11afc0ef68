package dev.descent.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The numbers of NumPy, PyTorch, scikit-learn and the lectures, in the files that the tests read too.
public final class ReferenceNumbers {

    static final List<String> FILES = List.of(
            "numpy-legacy-rng.json",
            "parabola.json",
            "regression.json",
            "legendre.json",
            "credit.json",
            "activations.json",
            "losses.json",
            "optimizers.json",
            "schedules.json",
            "network.json",
            "small.json");

    private static final JsonMapper JSON = new JsonMapper();

    private ReferenceNumbers() {}

    /// A whole file, read anew.
    public static JsonNode read(String file) {
        try (InputStream content = ReferenceNumbers.class.getResourceAsStream("/conformance/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the build left out conformance/" + file);
            }
            return JSON.readTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] vector(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).doubleValue();
        }
        return values;
    }

    static double[][] matrix(JsonNode node) {
        double[][] rows = new double[node.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = vector(node.get(i));
        }
        return rows;
    }

    /// Class indices as one-hot rows.
    static double[][] oneHot(JsonNode labels, int classes) {
        double[][] rows = new double[labels.size()][classes];
        for (int i = 0; i < rows.length; i++) {
            rows[i][labels.get(i).intValue()] = 1;
        }
        return rows;
    }
}
