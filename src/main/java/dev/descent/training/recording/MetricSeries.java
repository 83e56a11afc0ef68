package dev.descent.training.recording;

import dev.descent.core.train.Metric;
import java.util.List;

/// Records of metrics at the end of each epoch: each over the training rows, then each over the held-out rows where
/// there are some.
public record MetricSeries(List<Metric> metrics, boolean validated, Series series) {

    public MetricSeries {
        metrics = List.copyOf(metrics);
    }

    /// Records of a run of `steps` steps.
    public static MetricSeries of(List<Metric> metrics, boolean validated, long stepsPerEpoch, long steps) {
        long width = (validated ? 2L : 1L) * metrics.size() * Double.BYTES;
        return new MetricSeries(metrics, validated, Series.ofEpochs(stepsPerEpoch, steps, width));
    }

    /// Where the number of a metric, over the held-out rows or the training rows, starts within a record.
    public long offset(Metric metric, boolean heldOut) {
        return (metrics.indexOf(metric) + (heldOut ? metrics.size() : 0L)) * Double.BYTES;
    }
}
