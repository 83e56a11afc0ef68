package dev.descent.training.recording;

import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Parameter;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes what a run is to record, on the run's own thread, into a directory of its own: a file per [Kind].
///
/// A step that records nothing costs three comparisons. Readers may follow the files while they grow; they see what
/// the last [#flush] wrote.
public final class Recorder implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;

    private final Recording recording;
    private final RecordFile losses;
    private final @Nullable RecordFile validation;
    private final @Nullable ParameterWriter gradients;
    private final @Nullable ParameterWriter weights;

    private long nextLoss;
    private long nextGradients;
    private long nextWeights;

    private Recorder(Recording recording, Path directory) throws IOException {
        this.recording = recording;
        losses = open(directory, Kind.LOSS, recording.loss());
        validation = recording.validation() == null ? null : open(directory, Kind.VALIDATION, recording.validation());
        gradients = writer(directory, Kind.GRADIENTS, recording.gradients());
        weights = writer(directory, Kind.WEIGHTS, recording.weights());
        nextGradients = gradients == null ? NEVER : 0;
        nextWeights = weights == null ? NEVER : 0;
    }

    /// Starts a recording in `directory`, which must not exist yet.
    public static Recorder start(Recording recording, Path directory) throws IOException {
        Files.createDirectory(directory);
        return new Recorder(recording, directory);
    }

    /// Call for every step, in order from 0.
    public void onStep(Step step) {
        long index = step.index();
        if (index == nextLoss) {
            losses.put(recording.over() == LossOver.BATCH ? step.batchLoss() : step.datasetLoss());
            nextLoss += recording.loss().every();
        }
        if (gradients != null && index == nextGradients) {
            gradients.write(step, true);
            nextGradients += gradients.every();
        }
        if (weights != null && index == nextWeights) {
            weights.write(step, false);
            nextWeights += weights.every();
        }
    }

    /// Call at the end of every epoch, in order from 0.
    public void onEpoch(Epoch epoch) {
        if (validation != null) {
            validation.put(epoch.validationLoss());
        }
    }

    /// Lets readers see everything recorded so far.
    public void flush() {
        losses.flush();
        if (validation != null) {
            validation.flush();
        }
        if (gradients != null) {
            gradients.file.flush();
        }
        if (weights != null) {
            weights.file.flush();
        }
    }

    /// Closes the files without a [#flush].
    @Override
    public void close() throws IOException {
        losses.close();
        if (validation != null) {
            validation.close();
        }
        if (gradients != null) {
            gradients.file.close();
        }
        if (weights != null) {
            weights.file.close();
        }
    }

    private static RecordFile open(Path directory, Kind kind, Series series) throws IOException {
        return new RecordFile(directory.resolve(kind.fileName()), series.width());
    }

    private static @Nullable ParameterWriter writer(Path directory, Kind kind, @Nullable ParameterSeries parameters)
            throws IOException {
        return parameters == null ? null : new ParameterWriter(parameters, open(directory, kind, parameters.series()));
    }

    private record ParameterWriter(ParameterSeries parameters, RecordFile file) {

        long every() {
            return parameters.series().every();
        }

        void write(Step step, boolean gradient) {
            for (int i = 0; i < parameters.layers().size(); i++) {
                Layer layer =
                        step.network().layers().get(parameters.layers().get(i).layer());
                write(layer.weights(), gradient);
                write(layer.biases(), gradient);
            }
        }

        private void write(@Nullable Parameter parameter, boolean gradient) {
            if (parameter == null) {
                return;
            }
            var matrix = gradient ? parameter.gradient() : parameter.value();
            switch (parameters.what()) {
                case NORMS -> file.put(Math.sqrt(matrix.squaredNorm()));
                case VALUES -> file.put(matrix);
            }
        }
    }
}
