package dev.descent.training.queue;

import dev.descent.core.train.Metric;

/// What a metric over a part of the rows is called where clients read it: `validationAccuracy`.
public final class MetricName {

    private MetricName() {}

    public static String of(Metric metric, boolean heldOut) {
        String part = heldOut ? "validation" : "training";
        return switch (metric) {
            case ACCURACY -> part + "Accuracy";
            case ERROR_RATE -> part + "ErrorRate";
            case R2 -> part + "R2";
        };
    }
}
