package dev.descent.training.recording;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes what a run is to record, on the run's own thread, into a directory of its own: a file per [Kind].
///
/// A step that records nothing costs three comparisons. Readers may follow the files while they grow; they see what
/// the last [#flush] wrote.
public final class Recorder implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;

    private final Recording recording;
    private final Path directory;
    private final RecordFile losses;
    private final @Nullable RecordFile learningRates;
    private final @Nullable RecordFile validation;
    private final @Nullable RecordFile metrics;
    private final @Nullable ParameterWriter gradients;
    private final @Nullable ParameterWriter weights;
    private final List<RecordFile> files;

    private long nextLoss;
    private long nextGradients;
    private long nextWeights;

    private Recorder(Recording recording, Path directory) throws IOException {
        this.recording = recording;
        this.directory = directory;
        losses = open(directory, Kind.LOSS, recording.loss());
        learningRates = optional(directory, Kind.LEARNING_RATE, recording.learningRate());
        validation = optional(directory, Kind.VALIDATION, recording.validation());
        MetricSeries measured = recording.metrics();
        metrics = optional(directory, Kind.METRICS, measured == null ? null : measured.series());
        gradients = writer(directory, Kind.GRADIENTS, recording.gradients());
        weights = writer(directory, Kind.WEIGHTS, recording.weights());
        files = Stream.of(
                        losses,
                        learningRates,
                        validation,
                        metrics,
                        gradients == null ? null : gradients.file,
                        weights == null ? null : weights.file)
                .filter(Objects::nonNull)
                .toList();
        begin();
    }

    /// Starts a recording in `directory`, which must not exist yet.
    public static Recorder start(Recording recording, Path directory) throws IOException {
        Files.createDirectory(directory);
        return new Recorder(recording, directory);
    }

    private void begin() {
        nextLoss = 0;
        nextGradients = gradients == null ? NEVER : 0;
        nextWeights = weights == null ? NEVER : 0;
    }

    /// Forgets everything: the run begins again at step 0.
    public void restart() {
        files.forEach(RecordFile::clear);
        begin();
    }

    /// Call for every step, in order from 0.
    public void onStep(Step step) {
        long index = step.index();
        if (index == nextLoss) {
            losses.put(recording.over() == LossOver.BATCH ? step.batchLoss() : step.datasetLoss());
            if (learningRates != null) {
                learningRates.put(step.learningRate());
            }
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
        MetricSeries measured = recording.metrics();
        if (metrics != null && measured != null) {
            for (int i = 0; i < measured.metrics().size(); i++) {
                metrics.put(epoch.training(measured.metrics().get(i)));
            }
            for (int i = 0; measured.validated() && i < measured.metrics().size(); i++) {
                metrics.put(epoch.validation(measured.metrics().get(i)));
            }
        }
    }

    /// Writes what the network is made of, for a run that ends without a model.
    public void keepWeights(Network network) {
        List<Matrix> matrices = network.stored();
        long largest = matrices.stream()
                .mapToLong(matrix -> (long) matrix.rows()
                        * matrix.columns()
                        * matrix.precision().bytes())
                .max()
                .orElse(0);
        try (var file = new RecordFile(directory.resolve(Kind.LAST_WEIGHTS.fileName()), largest)) {
            for (Matrix matrix : matrices) {
                file.put(matrix);
            }
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The one record of [#keepWeights].
    public static Series lastWeights(NetworkSpec network, Precision precision) {
        return Series.from(1, 1, network.storedNumbers() * precision.bytes());
    }

    /// Lets readers see everything recorded so far.
    public void flush() {
        files.forEach(RecordFile::flush);
    }

    /// Closes the files without a [#flush].
    @Override
    public void close() throws IOException {
        for (RecordFile file : files) {
            file.close();
        }
    }

    private static RecordFile open(Path directory, Kind kind, Series series) throws IOException {
        return new RecordFile(directory.resolve(kind.fileName()), series.width());
    }

    private static @Nullable RecordFile optional(Path directory, Kind kind, @Nullable Series series)
            throws IOException {
        return series == null ? null : open(directory, kind, series);
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
