package dev.descent.core.mistake;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.LayerSpec;

/// Which shapes an array may have: that of the right one, its transpose, or one that a mistake leads
/// to.
final class Shapes {

    private Shapes() {}

    /// Where an array stands in the answers.
    static String pointer(int layer, Quantity quantity) {
        String name = switch (quantity) {
            case PRE_ACTIVATION -> "preActivation";
            case ACTIVATION -> "activation";
            case LOSS -> "loss";
            case DELTA -> "delta";
            case WEIGHT_GRADIENT -> "weightGradient";
            case BIAS_GRADIENT -> "biasGradient";
            case INPUT_GRADIENT -> "inputGradient";
        };
        return quantity == Quantity.LOSS ? "/loss" : "/layers/" + layer + "/" + name;
    }

    /// Returns the array, a bias gradient that is one column as one row.
    static double[][] require(Trace trace, int layer, Quantity quantity, double[][] numbers, double[][] expected) {
        int rows = numbers.length;
        int columns = numbers[0].length;
        if (rows == expected.length && columns == expected[0].length) {
            return numbers;
        }
        if (quantity == Quantity.BIAS_GRADIENT) {
            if (rows == expected[0].length && columns == 1) {
                return Plain.transpose(numbers);
            }
            boolean known = (rows == trace.rows() && (columns == expected[0].length || columns == 1))
                    || (rows == 1 && (columns == trace.rows() || columns == 1));
            if (known) {
                return numbers;
            }
        } else if (rows == expected[0].length && columns == expected.length) {
            return numbers;
        } else if (quantity == Quantity.WEIGHT_GRADIENT
                && trace.layer(layer).place().layer() instanceof LayerSpec.Dense
                && isProduct(trace, layer, rows, columns)) {
            return numbers;
        }
        throw refused(layer, quantity, numbers, expected);
    }

    static InvalidSpec refused(int layer, Quantity quantity, double[][] numbers, double[][] expected) {
        String found = numbers.length + " x " + numbers[0].length;
        return new InvalidSpec(
                pointer(layer, quantity),
                "shape",
                quantity.symbol() + " of layer " + layer + " is " + expected.length + " x " + expected[0].length
                        + ", not " + found,
                found);
    }

    /// Whether delta^T with any layer's numbers, or its transpose, has this shape.
    private static boolean isProduct(Trace trace, int layer, int rows, int columns) {
        int units = trace.layer(layer).z()[0].length;
        if (rows != units && columns != units) {
            return false;
        }
        int width = rows == units ? columns : rows;
        return trace.layers().stream().anyMatch(other -> other.x()[0].length == width || other.z()[0].length == width);
    }
}
