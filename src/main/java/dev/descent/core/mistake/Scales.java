package dev.descent.core.mistake;

import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;
import java.util.ArrayList;
import java.util.List;

/// The mistakes that multiply an array with a number, for one loss on one batch.
record Scales(List<Scale> all) {

    record Scale(Mistake mistake, double factor) {}

    static Scales of(Trace trace) {
        List<Scale> scales = new ArrayList<>();
        add(scales, Mistake.FACTOR_TWO, 2);
        add(scales, Mistake.HALF, 0.5);
        double rows = trace.rows();
        double outputs = trace.outputs()[0].length;
        if (trace.loss().reduction() == Reduction.SUM && !(trace.loss() instanceof Loss.WeightedSum)) {
            add(scales, Mistake.AVERAGED, 1 / rows);
            add(scales, Mistake.AVERAGED, 1 / (rows * outputs));
            add(scales, Mistake.WRONG_AVERAGE, 1 / outputs);
        } else {
            double terms = trace.terms();
            add(scales, Mistake.SUMMED, terms);
            add(scales, Mistake.SUMMED, rows);
            add(scales, Mistake.AVERAGED_TWICE, 1 / rows);
            add(scales, Mistake.AVERAGED_TWICE, 1 / terms);
            add(scales, Mistake.WRONG_AVERAGE, terms / rows);
            add(scales, Mistake.WRONG_AVERAGE, terms / (rows * outputs));
        }
        add(scales, Mistake.WRONG_SIGN, -1);
        return new Scales(List.copyOf(scales));
    }

    private static void add(List<Scale> scales, Mistake mistake, double factor) {
        boolean known =
                scales.stream().anyMatch(one -> one.mistake == mistake && Math.abs(one.factor / factor - 1) < 1e-9);
        if (!known && Math.abs(factor - 1) > 1e-9) {
            scales.add(new Scale(mistake, factor));
        }
    }
}
