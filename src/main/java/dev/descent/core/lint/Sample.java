package dev.descent.core.lint;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.train.ExampleSet;
import java.util.Arrays;
import java.util.List;

/// Training rows that stand for all: every one of few, else some at equal distances. Nothing is drawn.
final class Sample {

    static final int MOST_ROWS = 128;
    private static final int MOST_INPUTS = 16;

    private final ExampleSet examples;
    private final int[] rows;
    private final int chunk;
    private final List<String> inputNames;
    private final int[] rowNumbers;
    private final Matrix inputs;
    private final Matrix targets;
    private final Matrix weights;

    /// @param chunk how many rows a network has buffers for
    /// @param rowNumbers what each training row is called
    Sample(ExampleSet examples, Precision precision, int chunk, List<String> inputNames, int[] rowNumbers) {
        this.examples = examples;
        this.inputNames = inputNames;
        int count = size(examples.rows());
        rows = new int[count];
        this.rowNumbers = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = (int) ((long) i * examples.rows() / count);
            this.rowNumbers[i] = rowNumbers[rows[i]];
        }
        this.chunk = Math.min(chunk, count);
        inputs = Matrix.create(precision, this.chunk, examples.inputs().columns());
        targets = Matrix.create(precision, this.chunk, examples.targets().columns());
        weights = Matrix.create(precision, this.chunk, 1);
    }

    static int size(int trainingRows) {
        return Math.min(MOST_ROWS, trainingRows);
    }

    int size() {
        return rows.length;
    }

    int chunk() {
        return chunk;
    }

    int[] rowNumbers() {
        return rowNumbers;
    }

    List<String> inputNames() {
        return inputNames;
    }

    /// Puts the rows from the `from`-th on into [#inputs], [#targets] and [#weights]; returns how many there are.
    int gather(int from) {
        int count = Math.min(chunk, rows.length - from);
        inputs.gather(examples.inputs(), rows, from, count);
        targets.gather(examples.targets(), rows, from, count);
        weights.resize(count);
        for (int i = 0; i < count; i++) {
            weights.set(i, 0, weight(from + i));
        }
        return count;
    }

    double weight(int row) {
        return examples.weights() == null ? 1 : examples.weights().get(rows[row], 0);
    }

    Matrix inputs() {
        return inputs;
    }

    Matrix targets() {
        return targets;
    }

    Matrix weights() {
        return weights;
    }

    /// The rows' inputs; empty where they are too many to be told.
    double[][] fewInputs() {
        if (inputNames.size() > MOST_INPUTS) {
            return new double[0][];
        }
        double[][] cells = new double[rows.length][inputNames.size()];
        for (int j = 0; j < inputNames.size(); j++) {
            double[] column = input(j);
            for (int i = 0; i < rows.length; i++) {
                cells[i][j] = column[i];
            }
        }
        return cells;
    }

    double[] input(int column) {
        return column(examples.inputs(), column);
    }

    double[] target(int column) {
        return column(examples.targets(), column);
    }

    int targetColumns() {
        return examples.targets().columns();
    }

    private double[] column(Matrix matrix, int column) {
        return Arrays.stream(rows).mapToDouble(row -> matrix.get(row, column)).toArray();
    }
}
