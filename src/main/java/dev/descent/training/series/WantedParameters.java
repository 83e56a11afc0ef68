package dev.descent.training.series;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import dev.descent.training.recording.Histogram;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.LayerShape;
import dev.descent.training.recording.ParameterSeries;
import dev.descent.training.recording.What;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a request asks to see of one kind of recorded arrays; refuses what cannot be seen.
record WantedParameters(
        Tenant tenant,
        String jobId,
        Kind kind,
        @Nullable ParameterSeries parameters,
        @Nullable Integer layer,
        StepRange range,
        @Nullable What what,
        @Nullable Integer bins) {

    /// What is to be written of what is recorded; refuses what cannot be made of it.
    What shown(ParameterSeries recorded) {
        What shown = what == null ? recorded.what() : what;
        if (shown != recorded.what() && recorded.what() != What.VALUES) {
            throw refused(
                    "?what",
                    "not-recorded",
                    "recorded are " + recorded.what().wireName() + ", of which no " + shown.wireName() + " can be made",
                    shown.wireName());
        }
        return shown;
    }

    int shownBins(ParameterSeries recorded) {
        if (bins == null) {
            return recorded.bins() > 0 ? recorded.bins() : Histogram.USUAL_BINS;
        }
        if (shown(recorded) != What.HISTOGRAMS || recorded.what() == What.HISTOGRAMS) {
            throw refused("?bins", "unexpected", "bins are for histograms that are made of recorded values", bins);
        }
        if (bins < 2 || bins > Histogram.MOST_BINS) {
            throw refused("?bins", "out-of-range", "bins must be between 2 and " + Histogram.MOST_BINS, bins);
        }
        return bins;
    }

    /// Which of the recorded layers, by their places among these.
    List<Integer> places(ParameterSeries parameters) {
        List<Integer> recorded =
                parameters.layers().stream().map(LayerShape::layer).toList();
        if (layer == null) {
            return IntStream.range(0, recorded.size()).boxed().toList();
        }
        if (!recorded.contains(layer)) {
            String message = "layer " + layer + " is not recorded; recorded are " + recorded;
            throw refused("?layer", "out-of-range", message, layer);
        }
        return List.of(recorded.indexOf(layer));
    }

    private static Refused refused(String pointer, String code, String message, Object value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value)));
    }
}
