package dev.descent.core.train;

import dev.descent.core.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is watched while a run goes on, and what follows from it.
///
/// @param stopping when to stop before the length is reached; null for never
/// @param divergence what to do when a number stops being finite
/// @param metrics measured after each epoch on the training rows, and on the held-out rows where there are some
/// @param datasetLossEvery asks for the objective over all training rows before every so many steps' update; 0 for
/// never
public record Supervision(
        @Nullable EarlyStopping stopping, DivergenceRemedy divergence, List<Metric> metrics, long datasetLossEvery) {

    public static final Supervision NONE = new Supervision(null, new DivergenceRemedy.Fail(), List.of(), 0);

    public Supervision {
        metrics = List.copyOf(metrics);
        Require.between("datasetLossEvery", datasetLossEvery, 0, Length.MAXIMUM_STEPS);
    }
}
