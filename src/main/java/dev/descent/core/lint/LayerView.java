package dev.descent.core.lint;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.PlacedLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sample of rows did in one layer.
///
/// @param hidden whether other layers follow
/// @param active by unit: on how many rows its output was above 0
/// @param saturated by unit: on how many rows its activation was as good as flat
/// @param idleRows of a rectifier layer: the sample's rows, counted from 0, on which no unit was active
/// @param idleLoss the loss over these rows alone; NaN without such
/// @param idleShare their share of the loss over all rows; NaN where the loss says no such thing
/// @param equalUnits units with the same weights, in groups of two or more
/// @param delta the root of the mean square of dJ/dz in the last step's batch; null where none was seen
record LayerView(
        PlacedLayer place,
        boolean hidden,
        int[] active,
        int[] saturated,
        int[] idleRows,
        double idleLoss,
        double idleShare,
        List<List<Integer>> equalUnits,
        @Nullable Double delta) {

    int units() {
        return place.units();
    }

    /// Whether its units are 0 below 0, with no slope.
    boolean rectifies() {
        return rectifies(place);
    }

    static boolean rectifies(PlacedLayer place) {
        Activation activation = place.layer().activation();
        return activation instanceof Activation.Relu || activation instanceof Activation.Relu6;
    }
}
