package dev.descent.training.series;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.Recorder;
import dev.descent.training.recording.Series;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The weights that a run without a model had come to, as one record of a file beside its series.
final class LastWeights {

    private LastWeights() {}

    /// Empty where the job left none; `open` finds its file.
    static Optional<List<LayerWeights>> read(JobSpec spec, Function<Series, @Nullable RecordReader> open) {
        Series series = Recorder.lastWeights(spec.network(), spec.precision());
        try (RecordReader reader = open.apply(series);
                Network network = Network.create(spec.network(), spec.precision(), 1, 1)) {
            if (reader == null || reader.count() == 0) {
                return Optional.empty();
            }
            long offset = 0;
            for (Matrix matrix : network.stored()) {
                for (int i = 0; i < matrix.rows(); i++) {
                    for (int j = 0; j < matrix.columns(); j++) {
                        matrix.set(i, j, number(reader, spec.precision(), offset));
                        offset += spec.precision().bytes();
                    }
                }
            }
            return Optional.of(network.weights());
        }
    }

    private static double number(RecordReader reader, Precision precision, long offset) {
        return switch (precision) {
            case FLOAT64 -> reader.float64(0, offset);
            case FLOAT32 -> reader.float32(0, offset);
        };
    }
}
