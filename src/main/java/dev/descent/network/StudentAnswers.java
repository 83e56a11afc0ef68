package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.mistake.Answers;
import dev.descent.core.nn.NetworkSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a student computed: whatever part of a pass is to be checked.
record StudentAnswers(
        @Schema(description = "The value of the loss") @Nullable
        Double loss,

        @Schema(description = "One for each layer in the order of computation, those of a residual block before it")
        List<StudentLayer> layers) {

    /// A layer's arrays, each of which may be left out.
    record StudentLayer(
            @Schema(description = "z (n x units)") double @Nullable [][] preActivation,

            @Schema(description = "a = g(z) (n x units)") double @Nullable [][] activation,

            @Schema(description = "dJ/dz (n x units)") double @Nullable [][] delta,

            @Schema(description = "dJ/dW (units x in); or dJ/dgamma (1 x units)")
            double @Nullable [][] weightGradient,

            @Schema(
                    description = "dJ/db (units), or as one row or one column; whatever else it is will be explained",
                    example = "[0.5, -0.25]")
            @Nullable
            JsonNode biasGradient,

            @Schema(description = "dJ/dx (n x in)") double @Nullable [][] inputGradient) {

        private Answers.Layer toDomain(String pointer) {
            requireRectangle(pointer + "/preActivation", preActivation);
            requireRectangle(pointer + "/activation", activation);
            requireRectangle(pointer + "/delta", delta);
            requireRectangle(pointer + "/weightGradient", weightGradient);
            requireRectangle(pointer + "/inputGradient", inputGradient);
            double[][] bias = biasGradient == null || biasGradient.isNull()
                    ? null
                    : rows(pointer + "/biasGradient", biasGradient);
            requireRectangle(pointer + "/biasGradient", bias);
            return new Answers.Layer(preActivation, activation, delta, weightGradient, bias, inputGradient);
        }
    }

    Answers toDomain(NetworkSpec spec) {
        int expected = spec.placedLayers().size();
        if (layers.size() != expected) {
            throw refused(
                    "/layers",
                    "answers are needed for " + expected + " layers, not " + layers.size()
                            + "; an empty object says nothing of a layer",
                    layers.size());
        }
        List<Answers.Layer> domain = new ArrayList<>();
        for (int i = 0; i < expected; i++) {
            domain.add(layers.get(i).toDomain("/layers/" + i));
        }
        return new Answers(loss, domain);
    }

    private static void requireRectangle(String pointer, double @Nullable [][] rows) {
        if (rows == null) {
            return;
        }
        if (rows.length == 0 || rows[0].length == 0) {
            throw refused(pointer, "an array needs at least one entry; leave it out to have it not checked", 0);
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw refused(
                        pointer + "/" + i,
                        "the row has " + rows[i].length + " entries, the first " + rows[0].length,
                        rows[i].length);
            }
        }
    }

    /// A list of numbers is one row; a list of lists is its rows.
    private static double[][] rows(String pointer, JsonNode node) {
        if (!node.isArray()) {
            throw refused(pointer, "a bias gradient is a list of numbers, or of rows of numbers", null);
        }
        if (!node.isEmpty() && node.get(0).isArray()) {
            double[][] rows = new double[node.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = row(pointer + "/" + i, node.get(i));
            }
            return rows;
        }
        return new double[][] {row(pointer, node)};
    }

    private static double[] row(String pointer, JsonNode node) {
        if (!node.isArray()) {
            throw refused(pointer, "a row is a list of numbers", null);
        }
        double[] row = new double[node.size()];
        for (int j = 0; j < row.length; j++) {
            JsonNode entry = node.get(j);
            if (!entry.isNumber() || !Double.isFinite(entry.doubleValue())) {
                throw refused(pointer + "/" + j, "an entry must be a finite number", null);
            }
            row[j] = entry.doubleValue();
        }
        return row;
    }

    private static BatchRefused refused(String pointer, String message, @Nullable Object value) {
        return new BatchRefused(new InvalidSpec("/answers" + pointer, "shape", message, value));
    }
}
