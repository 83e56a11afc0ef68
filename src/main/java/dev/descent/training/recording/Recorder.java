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
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes what a run is to record, on the run's own thread, into a directory of its own: a file per [Kind].
///
/// A step that records nothing costs four comparisons. Readers may follow the files while they grow; they see what
/// the last [#flush] wrote.
public final class Recorder implements AutoCloseable {

    /// What the name of a directory ends with while it is filled.
    public static final String PART = ".part";

    private static final long NEVER = Long.MAX_VALUE;

    private final Recording recording;
    private final Path directory;
    private final RecordFile losses;
    private final @Nullable RecordFile learningRates;
    private final @Nullable RecordFile validation;
    private final @Nullable RecordFile metrics;
    private final @Nullable ParameterWriter gradients;
    private final @Nullable ParameterWriter weights;
    private final @Nullable ParameterWriter activations;
    private final Map<Kind, RecordFile> files = new EnumMap<>(Kind.class);

    private long nextLoss;
    private long nextGradients;
    private long nextWeights;
    private long nextActivations;

    private Recorder(Recording recording, Path directory, Opener opener) throws IOException {
        this.recording = recording;
        this.directory = directory;
        try {
            for (Map.Entry<Kind, Series> series : recording.series().entrySet()) {
                files.put(
                        series.getKey(),
                        opener.open(series.getKey(), series.getValue().width()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        losses = Objects.requireNonNull(files.get(Kind.LOSS));
        learningRates = files.get(Kind.LEARNING_RATE);
        validation = files.get(Kind.VALIDATION);
        metrics = files.get(Kind.METRICS);
        gradients = writer(recording.gradients(), files.get(Kind.GRADIENTS));
        weights = writer(recording.weights(), files.get(Kind.WEIGHTS));
        activations = writer(recording.activations(), files.get(Kind.ACTIVATIONS));
        begin();
    }

    private interface Opener {
        RecordFile open(Kind kind, long width) throws IOException;
    }

    /// Starts a recording in `directory`, which must not exist yet.
    public static Recorder start(Recording recording, Path directory) throws IOException {
        Files.createDirectory(directory);
        return new Recorder(
                recording, directory, (kind, width) -> new RecordFile(directory.resolve(kind.fileName()), width));
    }

    /// Goes on with a recording at the place that `marks` tell, in `directory`, which must not exist yet and appears
    /// when everything up to that place has been copied there. `sources` says where each file is to be copied from.
    ///
    /// Throws `IOException` where a file does not hold what it held when the marks were made.
    public static Recorder resume(
            Recording recording, Path directory, Map<Kind, Mark> marks, Function<Kind, Path> sources)
            throws IOException {
        Path part = Files.createDirectory(directory.resolveSibling(directory.getFileName() + PART));
        var recorder = new Recorder(recording, directory, (kind, width) -> {
            Mark mark = marks.get(kind);
            if (mark == null) {
                throw new IOException("nothing is known of what was recorded as " + kind.fileName());
            }
            return RecordFile.resume(part.resolve(kind.fileName()), width, sources.apply(kind), mark);
        });
        try {
            Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
            return recorder;
        } catch (IOException e) {
            recorder.close();
            throw e;
        }
    }

    private void begin() {
        nextLoss = next(losses, recording.loss());
        nextGradients = gradients == null ? NEVER : next(gradients.file, gradients.parameters.series());
        nextWeights = weights == null ? NEVER : next(weights.file, weights.parameters.series());
        nextActivations = activations == null ? NEVER : next(activations.file, activations.parameters.series());
    }

    private static long next(RecordFile file, Series series) {
        return file.mark().bytes() / series.width() * series.every();
    }

    /// Forgets everything: the run begins again at step 0.
    public void restart() {
        files.values().forEach(RecordFile::clear);
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
            gradients.writeGradients(step);
            nextGradients += gradients.every();
        }
        if (weights != null && index == nextWeights) {
            weights.writeValues(step);
            nextWeights += weights.every();
        }
        if (activations != null && index == nextActivations) {
            activations.writeActivations(step);
            nextActivations += activations.every();
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
        files.values().forEach(RecordFile::flush);
    }

    /// How much of each file there is after a [#flush].
    public Map<Kind, Mark> marks() {
        Map<Kind, Mark> marks = new EnumMap<>(Kind.class);
        files.forEach((kind, file) -> marks.put(kind, file.mark()));
        return marks;
    }

    /// Waits until everything up to the last [#flush] is on the disk; for any thread.
    public void force() throws IOException {
        for (RecordFile file : files.values()) {
            file.force();
        }
    }

    /// Closes the files without a [#flush].
    @Override
    public void close() throws IOException {
        for (RecordFile file : files.values()) {
            file.close();
        }
    }

    private static @Nullable ParameterWriter writer(@Nullable ParameterSeries parameters, @Nullable RecordFile file) {
        return parameters == null || file == null
                ? null
                : new ParameterWriter(parameters, file, new Histogram(Math.max(1, parameters.bins())));
    }

    private record ParameterWriter(ParameterSeries parameters, RecordFile file, Histogram histogram) {

        long every() {
            return parameters.series().every();
        }

        void writeGradients(Step step) {
            for (int i = 0; i < parameters.layers().size(); i++) {
                Layer layer = layer(step, i);
                write(gradient(layer.weights()));
                write(gradient(layer.biases()));
            }
        }

        void writeValues(Step step) {
            for (int i = 0; i < parameters.layers().size(); i++) {
                Layer layer = layer(step, i);
                write(value(layer.weights()));
                write(value(layer.biases()));
            }
        }

        /// Of values first how many rows there are, and behind those of a small batch nothing for the rest.
        void writeActivations(Step step) {
            if (parameters.what() == What.VALUES) {
                file.put(layer(step, 0).activation().rows());
            }
            for (int i = 0; i < parameters.layers().size(); i++) {
                LayerShape shape = parameters.layers().get(i);
                Matrix activation = layer(step, i).activation();
                write(activation);
                if (parameters.what() == What.VALUES) {
                    long missing = (long) (shape.rows() - activation.rows()) * shape.columns();
                    file.skip(missing * parameters.precision().bytes());
                }
            }
        }

        private Layer layer(Step step, int place) {
            return step.network().layers().get(parameters.layers().get(place).layer());
        }

        private static @Nullable Matrix gradient(@Nullable Parameter parameter) {
            return parameter == null ? null : parameter.gradient();
        }

        private static @Nullable Matrix value(@Nullable Parameter parameter) {
            return parameter == null ? null : parameter.value();
        }

        private void write(@Nullable Matrix matrix) {
            if (matrix == null) {
                return;
            }
            switch (parameters.what()) {
                case NORMS -> file.put(Math.sqrt(matrix.squaredNorm()));
                case VALUES -> file.put(matrix);
                case HISTOGRAMS -> {
                    histogram.clear();
                    for (int i = 0; i < matrix.rows(); i++) {
                        for (int j = 0; j < matrix.columns(); j++) {
                            histogram.see(matrix.get(i, j));
                        }
                    }
                    for (int i = 0; i < matrix.rows(); i++) {
                        for (int j = 0; j < matrix.columns(); j++) {
                            histogram.count(matrix.get(i, j));
                        }
                    }
                    histogram.write(file);
                }
            }
        }
    }
}
