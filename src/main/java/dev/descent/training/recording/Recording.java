package dev.descent.training.recording;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run records, and so how large its files will be.
public record Recording(
        Series loss,
        LossOver over,
        @Nullable Series validation,
        @Nullable Series learningRate,
        @Nullable MetricSeries metrics,
        @Nullable ParameterSeries gradients,
        @Nullable ParameterSeries weights,
        @Nullable ParameterSeries activations) {

    /// A recording of the loss at every `every`-th step.
    public static Series lossSeries(long every, long steps) {
        return Series.from(every, steps, Double.BYTES);
    }

    /// A recording of the validation loss at the end of each epoch.
    public static Series validationSeries(long stepsPerEpoch, long steps) {
        return Series.ofEpochs(stepsPerEpoch, steps, Double.BYTES);
    }

    /// The series there are.
    public Map<Kind, Series> series() {
        Map<Kind, Series> series = new EnumMap<>(Kind.class);
        series.put(Kind.LOSS, loss);
        if (validation != null) {
            series.put(Kind.VALIDATION, validation);
        }
        if (learningRate != null) {
            series.put(Kind.LEARNING_RATE, learningRate);
        }
        if (metrics != null) {
            series.put(Kind.METRICS, metrics.series());
        }
        if (gradients != null) {
            series.put(Kind.GRADIENTS, gradients.series());
        }
        if (weights != null) {
            series.put(Kind.WEIGHTS, weights.series());
        }
        if (activations != null) {
            series.put(Kind.ACTIVATIONS, activations.series());
        }
        return series;
    }

    /// Bytes of all files together.
    public long bytes() {
        long sum = 0;
        for (Series each : series().values()) {
            long bytes = each.bytes();
            sum = sum > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : sum + bytes;
        }
        return sum;
    }

    /// Bytes of memory that recording takes.
    public long memoryBytes() {
        return series().values().stream()
                .mapToLong(each -> RecordFile.bufferSize(each.width()))
                .sum();
    }
}
