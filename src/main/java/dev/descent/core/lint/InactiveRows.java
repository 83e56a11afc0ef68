package dev.descent.core.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Finds rows on which a hidden layer of rectifiers is 0 altogether, where these rows carry most of the loss. Where the
/// target is what the network says without that layer, as at the bottom of a parabola, such rows are as they should be;
/// and so they are where hardly any loss is left.
final class InactiveRows implements Check {

    private static final double LEAST_ROWS = 0.02;
    private static final double LEAST_SHARE = 0.5;
    private static final double LEAST_OF_THE_FIRST = 0.01;
    private static final int MOST_INPUTS = 16;

    @Override
    public void check(Observation seen, Consumer<Diagnostic> found) {
        if (seen.loss() < LEAST_OF_THE_FIRST * seen.firstLoss()) {
            return;
        }
        for (LayerView layer : seen.layers()) {
            boolean around =
                    layer.place().pointer().indexOf("/layers/", 1) > 0; // a residual block's path leads past it
            int idle = layer.idleRows().length;
            if (layer.hidden()
                    && !around
                    && layer.rectifies()
                    && idle < seen.rows() // else all units are dead
                    && idle >= Math.max(2, LEAST_ROWS * seen.rows())
                    && layer.idleShare() >= Math.max(LEAST_SHARE, 1.2 * idle / seen.rows())) {
                found.accept(diagnostic(seen, layer));
            }
        }
    }

    private static Diagnostic diagnostic(Observation seen, LayerView layer) {
        int[] rows = layer.idleRows();
        int[] numbers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = seen.rowNumbers()[rows[i]];
        }
        String which = Evidence.ranges(numbers);
        var evidence = new Evidence()
                .with("rows", which)
                .with("inactiveRows", rows.length)
                .with("rowsSeen", seen.rows())
                .with("lossOverTheseRows", layer.idleLoss())
                .with("lossOverAllRows", seen.loss())
                .with("shareOfLoss", layer.idleShare());
        if (seen.inputNames().size() <= MOST_INPUTS) {
            evidence.with("inputs", inputs(seen, rows));
        }
        return new Diagnostic(
                Rule.INACTIVE_ROWS,
                Severity.WARNING,
                seen.step(),
                layer.place().index(),
                evidence.found(),
                Evidence.format(
                        "on %d of %d training rows (%s) no unit of layer %d is active: the network says the same for all of"
                                + " them, no gradient of theirs gets through, and they carry %.1f %% of the loss (%.6g over"
                                + " them, %.6g over all)",
                        rows.length,
                        seen.rows(),
                        which,
                        layer.place().index(),
                        100 * layer.idleShare(),
                        layer.idleLoss(),
                        seen.loss()));
    }

    /// From where to where each input goes on these rows.
    private static List<String> inputs(Observation seen, int[] rows) {
        List<String> all = new ArrayList<>();
        for (int j = 0; j < seen.inputNames().size(); j++) {
            double least = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (int row : rows) {
                least = Math.min(least, seen.inputs()[row][j]);
                largest = Math.max(largest, seen.inputs()[row][j]);
            }
            all.add(Evidence.format("%s from %.4g to %.4g", seen.inputNames().get(j), least, largest));
        }
        return all;
    }
}
