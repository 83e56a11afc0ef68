package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.Golden;
import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LossesTest {

    @Test
    void softmaxOverASingleOutputIsRefused() {
        Initializer zeros = new Initializer.Zeros();
        NetworkSpec single =
                new NetworkSpec(2, List.of(new LayerSpec.Dense(1, new Activation.Identity(), true, zeros, zeros)));
        new Loss.BinaryCrossEntropy(Reduction.MEAN, 1).requireFits(single);
        assertThatThrownBy(() -> new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1).requireFits(single))
                .isInstanceOfSatisfying(
                        InvalidSpec.class, refused -> assertThat(refused.code()).isEqualTo("softmax-size"));
    }

    @ParameterizedTest
    @CsvSource({
        "squared_error, MEAN, FLOAT64, 1e-13",
        "squared_error, SUM, FLOAT64, 1e-13",
        "binary_cross_entropy_with_logits, MEAN, FLOAT64, 1e-13",
        "binary_cross_entropy_with_logits, SUM, FLOAT64, 1e-13",
        "softmax_cross_entropy, MEAN, FLOAT64, 1e-13",
        "softmax_cross_entropy, SUM, FLOAT64, 1e-13",
        "squared_error, MEAN, FLOAT32, 1e-5",
        "binary_cross_entropy_with_logits, SUM, FLOAT32, 1e-5",
        "softmax_cross_entropy, MEAN, FLOAT32, 1e-5"
    })
    void valueAndGradientArePyTorchs(String name, Reduction reduction, Precision precision, double tolerance) {
        JsonNode golden = Golden.read("losses.json");
        Matrix p = Matrix.of(precision, Golden.matrix(golden.get("p")));
        double[][] targets = switch (name) {
            case "squared_error" -> Golden.matrix(golden.get("y"));
            case "softmax_cross_entropy" -> Golden.oneHot(golden.get("labels"), 3);
            default -> Golden.matrix(golden.get("binaryTargets"));
        };
        double scale = 0.25;
        Loss loss = switch (name) {
            case "squared_error" -> new Loss.SquaredError(reduction, scale);
            case "softmax_cross_entropy" -> new Loss.SoftmaxCrossEntropy(reduction, scale);
            default -> new Loss.BinaryCrossEntropy(reduction, scale);
        };
        Matrix delta = Matrix.create(precision, 5, 3);
        double value = new Objective(loss, precision).evaluate(p, Matrix.of(precision, targets), null, delta);

        JsonNode expected = golden.get("losses").get(name + (reduction == Reduction.MEAN ? "/mean" : "/sum"));
        Golden.assertClose("value", value, scale * expected.get("value").doubleValue(), tolerance, 0);
        double[][] gradient = Golden.matrix(expected.get("gradient"));
        for (double[] row : gradient) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= scale;
            }
        }
        Golden.assertClose("gradient", delta.toRows(), gradient, tolerance, 0.01);
    }
}
