package dev.descent.training.queue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The data of the event `epoch`: an epoch that has ended, counted from 1. Of several a second the last is told.
///
/// @param trainingLoss mean of the epoch's batch losses; null when it is not a finite number
/// @param validationLoss null without held-out rows, or when it is not a finite number
/// @param learningRate of the epoch's last step
/// @param metrics as in the loss curve: `trainingAccuracy`, `validationAccuracy` and so on; null where not finite
/// @param round how often the run had begun again after it diverged
/// @param reason why a loss is null although there is one
public record EpochReached(
        long epoch,
        long epochs,
        long step,
        @Nullable Double trainingLoss,
        @Nullable Double validationLoss,
        double learningRate,
        Map<String, @Nullable Double> metrics,
        @Nullable String reason,
        @JsonIgnore long round) {

    public static EpochReached of(Epoch epoch, long epochs, boolean validated, List<Metric> measured, long round) {
        String reason = NonFinite.reason(epoch.trainingLoss());
        if (reason == null && validated) {
            reason = NonFinite.reason(epoch.validationLoss());
        }
        return new EpochReached(
                epoch.index() + 1,
                epochs,
                epoch.steps(),
                NonFinite.orNull(epoch.trainingLoss()),
                NonFinite.orNull(epoch.validationLoss()),
                epoch.learningRate(),
                metrics(epoch, validated, measured),
                reason,
                round);
    }

    private static Map<String, @Nullable Double> metrics(Epoch epoch, boolean validated, List<Metric> measured) {
        Map<String, @Nullable Double> metrics = new LinkedHashMap<>();
        for (Metric metric : measured) {
            metrics.put(MetricName.of(metric, false), NonFinite.orNull(epoch.training(metric)));
            if (validated) {
                metrics.put(MetricName.of(metric, true), NonFinite.orNull(epoch.validation(metric)));
            }
        }
        return metrics;
    }
}
