package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a step is to be told.
///
/// @param layers by their index in the order of computation; null for all
/// @param firstRow the first row of the batch whose numbers are told, counted from 0
/// @param rows how many, of those there are
public record Excerpt(@Nullable Set<Integer> layers, int firstRow, int rows) {

    public static final Excerpt ALL = new Excerpt(null, 0, Integer.MAX_VALUE);

    public Excerpt {
        layers = layers == null ? null : Set.copyOf(layers);
        if (firstRow < 0 || rows < 1) {
            throw new InvalidSpec(
                    "/rows", "out-of-range", "an excerpt has at least 1 row, from row 0 on at the earliest");
        }
    }

    public boolean has(PlacedLayer layer) {
        return layers == null || layers.contains(layer.index());
    }

    /// How many of a batch's rows are in it.
    public int rowsOf(int batch) {
        return Math.clamp((long) batch - firstRow, 0, rows);
    }

    /// Bytes that the [StepTrace] of such a run takes beside the run.
    public long bytes(TrainingSpec spec, int trainingRows) {
        int batch = spec.batchSize(trainingRows);
        long rows = rowsOf(batch);
        long outputs = spec.network().outputs();
        long numbers =
                rows * (spec.network().inputs() + outputs + spec.loss().targets((int) outputs) + 1) + batch * outputs;
        long slots = 0;
        for (PlacedLayer layer : spec.network().placedLayers()) {
            if (has(layer)) {
                int wide = layer.layer().activation() instanceof Activation.Identity ? 2 : 3;
                int masks = layer.layer() instanceof LayerSpec.Dropout ? 1 : 0;
                numbers += rows * (2L * layer.inputs() + (long) (wide + masks) * layer.units());
                numbers += (long) batch * layer.inputs(); // dx is computed for all rows
                numbers += 4 * layer.parameters() + 4L * layer.units();
                slots = 2;
            }
        }
        return numbers * spec.precision().bytes()
                + slots * spec.update().optimizer().bytesRemembered(spec.network(), spec.precision());
    }
}
