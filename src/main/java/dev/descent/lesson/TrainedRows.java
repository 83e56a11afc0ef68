package dev.descent.lesson;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Network;

/// Counts training rows by what the model says of them.
final class TrainedRows {

    private TrainedRows() {}

    private interface Judge {
        /// @param row of the last pass
        /// @param place of that row among the training rows
        boolean holds(Network network, int row, int place);
    }

    /// Rows for which every unit of `layer` is 0.
    static int inactive(Reading.Ended run, int layer) {
        return count(run, (network, row, place) -> {
            Matrix a = network.layers().get(layer).activation();
            for (int j = 0; j < a.columns(); j++) {
                if (a.get(row, j) != 0) {
                    return false;
                }
            }
            return true;
        });
    }

    /// Rows whose class is the one of the target: of one output by its sign, of several the largest.
    static int correct(Reading.Ended run) {
        Matrix targets = run.data().training().targets();
        return count(
                run,
                (network, row, place) ->
                        chosen(network.layers().getLast().activation(), row, 0) == chosen(targets, place, 0.5));
    }

    private static int chosen(Matrix outputs, int row, double threshold) {
        if (outputs.columns() == 1) {
            return outputs.get(row, 0) > threshold ? 1 : 0;
        }
        int largest = 0;
        for (int j = 1; j < outputs.columns(); j++) {
            largest = outputs.get(row, j) > outputs.get(row, largest) ? j : largest;
        }
        return largest;
    }

    private static int count(Reading.Ended run, Judge judge) {
        Network network = run.trainer().network();
        Matrix rows = run.data().training().inputs();
        int chunk = Math.min(run.capacity(), rows.rows());
        Matrix part = Matrix.create(network.precision(), chunk, rows.columns());
        int count = 0;
        for (int from = 0; from < rows.rows(); from += chunk) {
            part.copyRows(rows, from, Math.min(chunk, rows.rows() - from));
            network.forward(part);
            for (int row = 0; row < part.rows(); row++) {
                count += judge.holds(network, row, from + row) ? 1 : 0;
            }
        }
        return count;
    }
}
