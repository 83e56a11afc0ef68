package dev.descent.training.recording;

import dev.descent.core.linalg.Precision;
import java.util.List;

/// Records of the parameters of some layers, one layer after the other: the norm or the entries of W, then of b.
public record ParameterSeries(What what, Precision precision, List<LayerShape> layers, Series series) {

    public ParameterSeries {
        layers = List.copyOf(layers);
    }

    /// Records at every `every`-th step of a run of `steps` steps.
    public static ParameterSeries of(What what, Precision precision, List<LayerShape> layers, long every, long steps) {
        long width = layers.stream()
                .mapToLong(layer -> layer.width(what, precision.bytes()))
                .sum();
        return new ParameterSeries(what, precision, layers, Series.from(every, steps, width));
    }

    /// Where layer number `place` of [#layers] starts within a record.
    long offset(int place) {
        return layers.subList(0, place).stream()
                .mapToLong(layer -> layer.width(what, precision.bytes()))
                .sum();
    }
}
