package dev.descent.training.compare;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The first number, in layer order, that is not the same in two networks of one shape.
@Schema(name = "FirstDifference")
record FirstDifference(
        @Schema(description = "Counted from 0, as in a trace; the layers of a residual block stand before the block")
        int layer,

        @Schema(description = "Where the layer stands in the network", example = "/layers/0")
        String pointer,

        @Schema(
                description = "Gamma and beta of a batch normalization are its weights and biases",
                allowableValues = {"weights", "biases"})
        String parameter,

        @Schema(description = "Row and column of a weight, [output, input]; the place of a bias", example = "[0, 1]")
        List<Integer> index,

        @Schema(description = "The number in the first job and in the second", example = "[0.31, 0.62]")
        List<Double> values) {

    /// Null where every weight and every bias has the same bits.
    static @Nullable FirstDifference between(Network first, Network second) {
        for (int k = 0; k < first.layers().size(); k++) {
            Layer one = first.layers().get(k);
            Layer other = second.layers().get(k);
            FirstDifference found = between(one, "weights", one.weights(), other.weights());
            if (found == null) {
                found = between(one, "biases", one.biases(), other.biases());
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable FirstDifference between(
            Layer layer, String name, @Nullable Parameter first, @Nullable Parameter second) {
        if (first == null || second == null) {
            return null;
        }
        Matrix one = first.value();
        Matrix other = second.value();
        for (int i = 0; i < one.rows(); i++) {
            for (int j = 0; j < one.columns(); j++) {
                double left = one.get(i, j);
                double right = other.get(i, j);
                if (Double.doubleToRawLongBits(left) != Double.doubleToRawLongBits(right)) {
                    return new FirstDifference(
                            layer.place().index(),
                            layer.place().pointer(),
                            name,
                            name.equals("biases") ? List.of(j) : List.of(i, j),
                            List.of(left, right));
                }
            }
        }
        return null;
    }

    /// Whether the two have layers of the same shapes, so that each number of one has its like in the other.
    static boolean isPossible(Network first, Network second) {
        if (first.layers().size() != second.layers().size()) {
            return false;
        }
        for (int k = 0; k < first.layers().size(); k++) {
            Layer one = first.layers().get(k);
            Layer other = second.layers().get(k);
            if (one.getClass() != other.getClass()
                    || !Objects.equals(shape(one.weights()), shape(other.weights()))
                    || !Objects.equals(shape(one.biases()), shape(other.biases()))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable List<Integer> shape(@Nullable Parameter parameter) {
        return parameter == null
                ? null
                : List.of(parameter.value().rows(), parameter.value().columns());
    }
}
