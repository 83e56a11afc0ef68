package dev.descent.training.recording;

import dev.descent.core.linalg.Precision;
import java.util.List;

/// Records of matrices of some layers, one layer after the other: the norm, the entries or the histogram of W, then of
/// b; or those of the activations.
///
/// @param bins of each histogram; 0 where there are none
/// @param head bytes of a record before the first layer: of a batch's values how many rows it has
public record ParameterSeries(
        What what, int bins, Precision precision, List<LayerShape> layers, long head, Series series) {

    public ParameterSeries {
        layers = List.copyOf(layers);
    }

    /// Records of norms or values at every `every`-th step of a run of `steps` steps.
    public static ParameterSeries of(What what, Precision precision, List<LayerShape> layers, long every, long steps) {
        return of(what, 0, precision, layers, every, steps);
    }

    /// Records at every `every`-th step of a run of `steps` steps.
    public static ParameterSeries of(
            What what, int bins, Precision precision, List<LayerShape> layers, long every, long steps) {
        return of(what, bins, precision, layers, 0, every, steps);
    }

    /// Records of activations, of a batch of up to as many rows as the layers' shapes have.
    public static ParameterSeries ofActivations(
            What what, int bins, Precision precision, List<LayerShape> layers, long every, long steps) {
        return of(what, bins, precision, layers, what == What.VALUES ? Double.BYTES : 0, every, steps);
    }

    private static ParameterSeries of(
            What what, int bins, Precision precision, List<LayerShape> layers, long head, long every, long steps) {
        long width = head;
        for (LayerShape layer : layers) {
            width += layer.width(what, bins, precision.bytes());
        }
        return new ParameterSeries(what, bins, precision, layers, head, Series.from(every, steps, width));
    }

    /// Where layer number `place` of [#layers] starts within a record.
    long offset(int place) {
        return head
                + layers.subList(0, place).stream()
                        .mapToLong(layer -> layer.width(what, bins, precision.bytes()))
                        .sum();
    }
}
