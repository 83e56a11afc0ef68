package dev.descent.training.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.random.NumpyRandom;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Metric;
import dev.descent.core.train.Step;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecorderTest {

    private static final NetworkSpec SPEC = new NetworkSpec(
            2,
            List.of(
                    new LayerSpec.Dense(
                            3, new Activation.Relu(), true, new Initializer.Normal(0, 1), new Initializer.Normal(0, 1)),
                    new LayerSpec.Dense(
                            1,
                            new Activation.Identity(),
                            false,
                            new Initializer.Normal(0, 1),
                            new Initializer.Zeros())));

    private static final Recording EVERYTHING = new Recording(
            Recording.lossSeries(1, 10),
            LossOver.BATCH,
            null,
            null,
            null,
            ParameterSeries.of(What.HISTOGRAMS, 5, Precision.FLOAT64, LayerShape.of(SPEC), 2, 10),
            ParameterSeries.of(What.VALUES, Precision.FLOAT64, LayerShape.of(SPEC), 1, 10),
            ParameterSeries.ofActivations(
                    What.HISTOGRAMS, 5, Precision.FLOAT64, LayerShape.ofActivations(SPEC, 4), 3, 10));

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void whatWasRecordedIsRead(Precision precision) throws IOException {
        long steps = 10;
        var network = Network.create(SPEC, precision, 1, 1);
        network.initialize(new NumpyRandom(1));
        List<LayerShape> shapes = LayerShape.of(SPEC);
        var recording = new Recording(
                Recording.lossSeries(3, steps),
                LossOver.BATCH,
                Recording.validationSeries(4, steps),
                Recording.lossSeries(3, steps),
                MetricSeries.of(List.of(Metric.ACCURACY, Metric.ERROR_RATE), true, 4, steps),
                ParameterSeries.of(What.NORMS, precision, shapes, 5, steps),
                ParameterSeries.of(What.VALUES, precision, shapes.subList(0, 1), 4, steps),
                null);
        Path directory = root.resolve("run");
        try (var recorder = Recorder.start(recording, directory)) {
            for (long index = 0; index < steps; index++) {
                recorder.onStep(new HandMadeStep(index, network));
                if (index % 4 == 3 || index == steps - 1) {
                    recorder.onEpoch(new HandMadeEpoch(index / 4, index + 1, index + 0.5));
                }
            }
            recorder.flush();
        }

        long written = 0;
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.ACTIVATIONS, Kind.LAST_WEIGHTS))) {
            long bytes = Files.size(directory.resolve(kind.fileName()));
            assertThat(bytes).isEqualTo(recording.series().get(kind).bytes());
            written += bytes;
        }
        assertThat(recording.bytes()).isEqualTo(written);

        try (var losses = RecordReader.open(directory.resolve("loss"), recording.loss())) {
            assertThat(losses.count()).isEqualTo(4);
            assertThat(losses.float64(3, 0)).isEqualTo(0.9);
        }
        try (var validation = RecordReader.open(directory.resolve("validation"), recording.validation())) {
            assertThat(validation.count()).isEqualTo(3);
            assertThat(validation.float64(2, 0)).isEqualTo(9.5);
        }
        try (var rates = RecordReader.open(directory.resolve("learning-rate"), recording.learningRate())) {
            assertThat(rates.float64(2, 0)).isEqualTo(new HandMadeStep(6, network).learningRate());
        }
        try (var metrics = RecordReader.open(
                directory.resolve("metrics"), recording.metrics().series())) {
            assertThat(metrics.float64(1, recording.metrics().offset(Metric.ACCURACY, false)))
                    .isEqualTo(1.25);
            assertThat(metrics.float64(1, recording.metrics().offset(Metric.ERROR_RATE, true)))
                    .isEqualTo(-11);
        }
        try (var gradients = RecordReader.open(
                directory.resolve("gradients"), recording.gradients().series())) {
            assertThat(gradients.count()).isEqualTo(2);
            assertThat(gradients.float64(1, 0)).isZero();
        }
        try (var weights = RecordReader.open(
                directory.resolve("weights"), recording.weights().series())) {
            assertThat(weights.count()).isEqualTo(3);
            for (int i = 0; i < 6; i++) {
                double expected = network.layers().get(0).weights().value().get(i / 2, i % 2);
                double found = switch (precision) {
                    case FLOAT64 -> weights.float64(2, 8L * i);
                    case FLOAT32 -> weights.float32(2, 4L * i);
                };
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Test
    void aRunThatBeginsAgainForgetsWhatItRecorded() throws IOException {
        var network = Network.create(SPEC, Precision.FLOAT64, 1, 1);
        Series losses = Recording.lossSeries(1, 10);
        var recording = new Recording(losses, LossOver.BATCH, null, null, null, null, null, null);
        try (var recorder = Recorder.start(recording, root.resolve("run"))) {
            recorder.onStep(new HandMadeStep(0, network));
            recorder.onStep(new HandMadeStep(1, network));
            recorder.flush();
            recorder.onStep(new HandMadeStep(2, network));
            recorder.restart();
            recorder.onStep(new HandMadeStep(0, network));
            recorder.flush();
        }
        try (var reader = RecordReader.open(root.resolve("run").resolve("loss"), losses)) {
            assertThat(reader.count()).isEqualTo(1);
            assertThat(reader.float64(0, 0)).isEqualTo(new HandMadeStep(0, network).batchLoss());
        }
    }

    /// Of one layer's W of 3 x 2 and b of 3, worked out by hand.
    @Test
    void histogramCountsEachEntryInItsBin() throws IOException {
        var network = Network.create(SPEC, Precision.FLOAT64, 1, 1);
        double[] weights = {-2, -1, 0, 0, 1, 2};
        for (int i = 0; i < weights.length; i++) {
            network.layers().get(0).weights().value().set(i / 2, i % 2, weights[i]);
        }
        double[] biases = {Double.NaN, 5, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < biases.length; i++) {
            network.layers().get(0).biases().value().set(0, i, biases[i]);
        }
        List<LayerShape> layers = LayerShape.of(SPEC);
        var histograms = ParameterSeries.of(What.HISTOGRAMS, 4, Precision.FLOAT64, layers, 1, 1);
        try (var recorder = Recorder.start(withWeights(histograms), root.resolve("run"))) {
            recorder.onStep(new HandMadeStep(0, network));
            recorder.flush();
        }

        try (var file = RecordReader.open(root.resolve("run/weights"), histograms.series())) {
            var reader = new ParameterReader(histograms, file);
            var histogram = new Histogram(4);
            reader.histogram(0, 0, false, histogram);
            assertThat(counts(histogram)).containsExactly(1, 1, 2, 2);
            assertThat(List.of(histogram.minimum(), histogram.maximum(), histogram.mean()))
                    .containsExactly(-2.0, 2.0, 0.0);
            assertThat(histogram.zeros()).isEqualTo(2);
            assertThat(histogram.nonFinite()).isZero();
            reader.histogram(0, 0, true, histogram);
            assertThat(counts(histogram)).containsExactly(1, 0, 0, 0);
            assertThat(histogram.nonFinite()).isEqualTo(2);
            assertThat(histogram.mean()).isEqualTo(5);
            reader.histogram(0, 1, false, histogram);
            assertThat(counts(histogram)).containsExactly(3, 0, 0, 0);
            assertThat(histogram.zeros()).isEqualTo(3);
        }
        assertThat(Files.size(root.resolve("run/weights")))
                .isEqualTo(histograms.series().bytes());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void normsAndHistogramsOfRecordedValuesAreThoseThatWouldBeRecorded(Precision precision) throws IOException {
        var network = Network.create(SPEC, precision, 1, 1);
        network.initialize(new NumpyRandom(1));
        List<LayerShape> layers = LayerShape.of(SPEC);
        var values = ParameterSeries.of(What.VALUES, precision, layers, 1, 1);
        var norms = ParameterSeries.of(What.NORMS, precision, layers, 1, 1);
        var histograms = ParameterSeries.of(What.HISTOGRAMS, 7, precision, layers, 1, 1);
        for (ParameterSeries each : List.of(values, norms, histograms)) {
            try (var recorder =
                    Recorder.start(withWeights(each), root.resolve(each.what().wireName()))) {
                recorder.onStep(new HandMadeStep(0, network));
                recorder.flush();
            }
        }
        try (var valueFile = RecordReader.open(root.resolve("values/weights"), values.series());
                var normFile = RecordReader.open(root.resolve("norms/weights"), norms.series());
                var histogramFile = RecordReader.open(root.resolve("histograms/weights"), histograms.series())) {
            var made = new Histogram(7);
            var recorded = new Histogram(7);
            for (int place = 0; place < 2; place++) {
                for (boolean biases : place == 0 ? new boolean[] {false, true} : new boolean[] {false}) {
                    var reader = new ParameterReader(values, valueFile);
                    assertThat(reader.norm(0, place, biases))
                            .isEqualTo(new ParameterReader(norms, normFile).norm(0, place, biases));
                    reader.histogram(0, place, biases, made);
                    new ParameterReader(histograms, histogramFile).histogram(0, place, biases, recorded);
                    assertThat(counts(made)).isEqualTo(counts(recorded));
                    assertThat(made.minimum()).isEqualTo(recorded.minimum());
                    assertThat(made.maximum()).isEqualTo(recorded.maximum());
                    assertThat(made.mean()).isEqualTo(recorded.mean());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void activationsOfASmallBatchHaveItsRowsInARecordOfTheSameWidth(Precision precision) throws IOException {
        var network = Network.create(SPEC, precision, 4, 1);
        network.initialize(new NumpyRandom(1));
        var values = ParameterSeries.ofActivations(What.VALUES, 0, precision, LayerShape.ofActivations(SPEC, 4), 1, 3);
        try (var recorder = Recorder.start(withActivations(values), root.resolve("run"))) {
            for (int step = 0; step < 3; step++) {
                forward(network, precision, step == 1 ? 2 : 4, step);
                recorder.onStep(new HandMadeStep(step, network));
            }
            recorder.flush();
        }

        assertThat(Files.size(root.resolve("run/activations")))
                .isEqualTo(values.series().bytes());
        try (var file = RecordReader.open(root.resolve("run/activations"), values.series())) {
            var reader = new ParameterReader(values, file);
            for (int step = 0; step < 3; step++) {
                int rows = step == 1 ? 2 : 4;
                forward(network, precision, rows, step);
                for (int place = 0; place < 2; place++) {
                    Matrix activation = network.layers().get(place).activation();
                    assertThat(reader.rows(step, place)).isEqualTo(rows);
                    for (int i = 0; i < rows * activation.columns(); i++) {
                        assertThat(reader.entry(step, place, false, i))
                                .isEqualTo(activation.get(i / activation.columns(), i % activation.columns()));
                    }
                    assertThat(reader.norm(step, place, false)).isEqualTo(Math.sqrt(activation.squaredNorm()));
                }
            }
        }
    }

    private static void forward(Network network, Precision precision, int rows, int step) {
        Matrix inputs = Matrix.create(precision, rows, 2);
        for (int i = 0; i < 2 * rows; i++) {
            inputs.set(i / 2, i % 2, step + i);
        }
        network.forward(inputs);
    }

    private static Recording withWeights(ParameterSeries weights) {
        return new Recording(Recording.lossSeries(1, 1), LossOver.BATCH, null, null, null, null, weights, null);
    }

    private static Recording withActivations(ParameterSeries activations) {
        return new Recording(Recording.lossSeries(1, 3), LossOver.BATCH, null, null, null, null, null, activations);
    }

    private static long[] counts(Histogram histogram) {
        long[] counts = new long[histogram.bins()];
        Arrays.setAll(counts, histogram::inBin);
        return counts;
    }

    @Test
    void recordingThatGoesOnAtAMarkForgetsWhatCameAfterIt() throws IOException {
        recordTo(root.resolve("job-1"), 0, 5);
        Map<Kind, Mark> marks = new EnumMap<>(Kind.class);
        try (var recorder = Recorder.resume(
                EVERYTHING,
                root.resolve("job-2"),
                recordTo(root.resolve("job-0"), 0, 3),
                kind -> root.resolve("job-1").resolve(kind.fileName()))) {
            for (long step = 3; step < 8; step++) {
                recorder.onStep(handMade(step));
            }
            recorder.flush();
            marks.putAll(recorder.marks());
        }
        assertThat(marks).hasSize(4).isEqualTo(recordTo(root.resolve("job-3"), 0, 8));
        for (String file : List.of("loss", "gradients", "weights", "activations")) {
            assertThat(root.resolve("job-2").resolve(file))
                    .hasSameBinaryContentAs(root.resolve("job-3").resolve(file));
        }
    }

    @ParameterizedTest
    @CsvSource({"flipped, 8", "flipped, 23", "cut, 23", "cut, 0", "gone, 0"})
    void recordingThatIsNotWhatItWasAtAMarkIsNotGoneOnWith(String damage, int at) throws IOException {
        Map<Kind, Mark> marks = recordTo(root.resolve("job-1"), 0, 3);
        Path file = root.resolve("job-1/loss");
        byte[] whole = Files.readAllBytes(file);
        switch (damage) {
            case "flipped" -> {
                whole[at] ^= 1;
                Files.write(file, whole);
            }
            case "gone" -> Files.delete(file);
            default -> Files.write(file, Arrays.copyOf(whole, at));
        }
        assertThatThrownBy(() -> Recorder.resume(
                        EVERYTHING,
                        root.resolve("job-2"),
                        marks,
                        kind -> root.resolve("job-1").resolve(kind.fileName())))
                .isInstanceOf(IOException.class);
        assertThat(root.resolve("job-2")).doesNotExist();
    }

    /// Some steps; returns how much there is of them.
    private static Map<Kind, Mark> recordTo(Path directory, long from, long to) throws IOException {
        try (var recorder = Recorder.start(EVERYTHING, directory)) {
            for (long step = from; step < to; step++) {
                recorder.onStep(handMade(step));
            }
            recorder.flush();
            return recorder.marks();
        }
    }

    /// A step with weights and activations of its own.
    private static HandMadeStep handMade(long step) {
        var network = Network.create(SPEC, Precision.FLOAT64, 4, 1);
        network.initialize(new NumpyRandom(step));
        forward(network, Precision.FLOAT64, 4, (int) step);
        return new HandMadeStep(step, network);
    }

    private record HandMadeEpoch(long index, long steps, double validationLoss) implements Epoch {

        @Override
        public double trainingLoss() {
            return 0;
        }

        @Override
        public double learningRate() {
            return 0;
        }

        @Override
        public double training(Metric metric) {
            return index + (metric == Metric.ACCURACY ? 0.25 : 0.75);
        }

        @Override
        public double validation(Metric metric) {
            return -index - (metric == Metric.ACCURACY ? 5 : 10);
        }
    }

    @Test
    void readersSeeWhatWasFlushed() throws IOException {
        Series losses = Recording.lossSeries(1, 100);
        Path file = root.resolve("run").resolve("loss");
        try (var recorder = Recorder.start(
                new Recording(losses, LossOver.DATASET, null, null, null, null, null, null), root.resolve("run"))) {
            recorder.onStep(new HandMadeStep(0, null));
            assertThat(count(file, losses)).isZero();
            recorder.flush();
            assertThat(count(file, losses)).isEqualTo(1);
            recorder.onStep(new HandMadeStep(1, null));
            assertThat(count(file, losses)).isEqualTo(1);
        }
    }

    @Test
    void recordsWiderThanTheBufferAreWhole() throws IOException {
        int units = 100_000;
        var spec = new NetworkSpec(
                1,
                List.of(new LayerSpec.Dense(
                        units,
                        new Activation.Identity(),
                        true,
                        new Initializer.Constant(2),
                        new Initializer.Constant(3))));
        var network = Network.create(spec, Precision.FLOAT64, 1, 1);
        network.initialize(new NumpyRandom(0));
        var weights = ParameterSeries.of(What.VALUES, Precision.FLOAT64, LayerShape.of(spec), 1, 3);
        var recording =
                new Recording(Recording.lossSeries(1, 3), LossOver.BATCH, null, null, null, null, weights, null);
        try (var recorder = Recorder.start(recording, root.resolve("run"))) {
            for (int i = 0; i < 3; i++) {
                recorder.onStep(new HandMadeStep(i, network));
            }
            recorder.flush();
        }
        try (var reader = RecordReader.open(root.resolve("run").resolve("weights"), weights.series())) {
            assertThat(reader.count()).isEqualTo(3);
            assertThat(reader.float64(2, 8L * units - 8)).isEqualTo(2);
            assertThat(reader.float64(2, 8L * units)).isEqualTo(3);
            assertThat(reader.float64(0, 0)).isEqualTo(2);
        }
    }

    @Test
    void directoryOfAnotherAttemptIsNotTakenOver() throws IOException {
        Files.createDirectory(root.resolve("run"));
        var recording = new Recording(Recording.lossSeries(1, 1), LossOver.BATCH, null, null, null, null, null, null);
        assertThatThrownBy(() -> Recorder.start(recording, root.resolve("run")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private static long count(Path file, Series series) throws IOException {
        try (var reader = RecordReader.open(file, series)) {
            return reader.count();
        }
    }

    private record HandMadeStep(long index, Network network) implements Step {

        @Override
        public long epoch() {
            return 0;
        }

        @Override
        public double batchLoss() {
            return index / 10.0;
        }

        @Override
        public double datasetLoss() {
            return index;
        }

        @Override
        public double learningRate() {
            return 0.1;
        }
    }
}
