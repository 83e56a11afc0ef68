package dev.descent.model;

import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.PlacedLayer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What of a model is looked at: what it answers to one of its targets, or what units of a layer say.
///
/// @param target place among the targets
/// @param layer null for the answer
/// @param units of the layer
public record Aspect(int target, @Nullable Integer layer, List<Integer> units) {

    /// From the query parameters of these names; a layer without a unit is all of its units.
    public static Aspect of(
            NetworkSpec network,
            List<String> targets,
            @Nullable String target,
            @Nullable Integer layer,
            @Nullable Integer unit) {
        int place = target == null ? 0 : targets.indexOf(target);
        if (place < 0) {
            throw PlaneQuery.refused("?target", "unknown-column", "the targets are " + targets, target);
        }
        if (layer == null) {
            if (unit != null) {
                throw PlaneQuery.refused("?unit", "unexpected", "a unit is one of a layer: say which", unit);
            }
            return new Aspect(place, null, List.of());
        }
        List<PlacedLayer> layers = network.placedLayers();
        if (layer < 0 || layer >= layers.size()) {
            throw PlaneQuery.refused(
                    "?layer",
                    "out-of-range",
                    "the network has the layers 0 to " + (layers.size() - 1) + ", no " + layer,
                    layer);
        }
        int units = layers.get(layer).units();
        if (unit != null && (unit < 0 || unit >= units)) {
            throw PlaneQuery.refused(
                    "?unit",
                    "out-of-range",
                    "layer " + layer + " has the units 0 to " + (units - 1) + ", no " + unit,
                    unit);
        }
        return new Aspect(
                place, layer, unit == null ? IntStream.range(0, units).boxed().toList() : List.of(unit));
    }

    /// Refuses what would be more numbers than an answer may hold.
    public void requireAnswerable(NetworkSpec network, Plane plane, int frames) {
        long numbers = numbers(network, plane, frames);
        if (numbers > PredictionController.MAXIMUM_NUMBERS) {
            throw PlaneQuery.refused(
                    "?points",
                    "answer-too-large",
                    "the answer would hold about " + numbers + " numbers; it may hold "
                            + PredictionController.MAXIMUM_NUMBERS + ": ask for fewer points"
                            + (layer == null ? "" : ", or one unit") + (frames == 1 ? "" : ", or fewer frames"),
                    numbers);
        }
    }

    /// About how many numbers so many surfaces hold.
    long numbers(NetworkSpec network, Plane plane, int frames) {
        return (long) plane.size() * frames * (layer == null ? network.outputs() + 1 : units.size());
    }
}
