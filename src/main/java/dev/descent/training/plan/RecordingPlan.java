package dev.descent.training.plan;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.training.recording.LayerShape;
import dev.descent.training.recording.MetricSeries;
import dev.descent.training.recording.ParameterSeries;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Series;
import dev.descent.training.recording.What;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes of what a job asks to record the files that its run will write.
public final class RecordingPlan {

    private RecordingPlan() {}

    /// The most rows of a batch whose activations may be recorded as values.
    private static final int SMALL_BATCH = 1000;

    /// Refuses layers that the network does not have; pointers are relative to the request's `record`.
    public static Recording of(JobSpec spec, long steps, long stepsPerEpoch, boolean validated, long trainingRows) {
        RecordSpec record = spec.record();
        long every = record.loss().every();
        boolean measured = !spec.metrics().isEmpty();
        return new Recording(
                Recording.lossSeries(every, steps),
                record.loss().over(),
                validated ? Recording.validationSeries(stepsPerEpoch, steps) : null,
                spec.recordsLearningRate() ? Recording.lossSeries(every, steps) : null,
                measured ? MetricSeries.of(spec.metrics(), validated, stepsPerEpoch, steps) : null,
                parameters("/gradients", record.gradients(), spec, steps),
                parameters("/weights", record.weights(), spec, steps),
                activations(record.activations(), spec, steps, trainingRows));
    }

    private static @Nullable ParameterSeries parameters(
            String pointer, RecordSpec.@Nullable ParameterRecord record, JobSpec spec, long steps) {
        if (record == null) {
            return null;
        }
        List<LayerShape> layers = layers(pointer, record, spec.network(), LayerShape.of(spec.network()));
        return requireWritable(
                pointer,
                ParameterSeries.of(record.what(), record.binCount(), spec.precision(), layers, record.every(), steps));
    }

    private static @Nullable ParameterSeries activations(
            RecordSpec.@Nullable ParameterRecord record, JobSpec spec, long steps, long trainingRows) {
        if (record == null) {
            return null;
        }
        int batch = spec.trainingSpec().batchSize(Math.toIntExact(trainingRows));
        if (record.what() == What.VALUES && batch > SMALL_BATCH) {
            throw new InvalidSpec(
                    "/activations/what",
                    "batch-too-large",
                    "activations are recorded as values of batches of up to " + SMALL_BATCH + " rows; these have "
                            + batch + ": record norms or histograms, or trace single steps",
                    batch);
        }
        List<LayerShape> all = LayerShape.ofActivations(spec.network(), batch);
        List<LayerShape> layers = layers("/activations", record, spec.network(), all);
        return requireWritable(
                "/activations",
                ParameterSeries.ofActivations(
                        record.what(), record.binCount(), spec.precision(), layers, record.every(), steps));
    }

    private static ParameterSeries requireWritable(String pointer, ParameterSeries series) {
        if (series.series().width() > Integer.MAX_VALUE - 8) {
            throw new InvalidSpec(
                    pointer + "/what",
                    "recording-too-large",
                    "the values of one step take " + series.series().width()
                            + " bytes, more than can be recorded at once; record norms, or fewer layers");
        }
        return series;
    }

    private static List<LayerShape> layers(
            String pointer, RecordSpec.ParameterRecord record, NetworkSpec network, List<LayerShape> all) {
        if (record.layers() == null) {
            return all;
        }
        int layers = network.placedLayers().size();
        List<LayerShape> chosen = new ArrayList<>();
        for (int i = 0; i < record.layers().size(); i++) {
            int layer = record.layers().get(i);
            String place = pointer + "/layers/" + i;
            if (layer < 0 || layer >= layers) {
                throw new InvalidSpec(
                        place,
                        "out-of-range",
                        "the network has the layers 0 to " + (layers - 1) + ", not " + layer,
                        layer);
            }
            LayerShape shape = all.stream()
                    .filter(one -> one.layer() == layer)
                    .findFirst()
                    .orElseThrow(() -> new InvalidSpec(
                            place, "no-parameters", "layer " + layer + " has no weights and no biases", layer));
            if (chosen.contains(shape)) {
                throw new InvalidSpec(place, "duplicate", "layer " + layer + " is named twice", layer);
            }
            chosen.add(shape);
        }
        if (chosen.isEmpty()) {
            throw new InvalidSpec(pointer + "/layers", "empty", "name a layer, or leave layers out for all of them");
        }
        return chosen;
    }

    /// Refuses a recording of more than `limit` bytes, and says what would fit.
    static void requireFits(Recording recording, long steps, long limit) {
        long bytes = recording.bytes();
        if (bytes > limit) {
            throw new RecordingTooLarge(bytes, limit, advice(recording, steps, bytes, limit));
        }
    }

    private static String advice(Recording recording, long steps, long bytes, long limit) {
        var largest = recording.series().entrySet().stream()
                .max((a, b) -> Long.compare(a.getValue().bytes(), b.getValue().bytes()))
                .orElseThrow();
        Series series = largest.getValue();
        long room = limit - (bytes - series.bytes());
        String name = largest.getKey().fileName();
        long records = room / series.width();
        if (name.equals("validation") || bytes == Long.MAX_VALUE || records < 1) {
            return "record less often, norms instead of values, fewer layers, or fewer epochs";
        }
        return "record." + name + ".every of at least " + Math.ceilDiv(steps, records) + " would fit";
    }
}
