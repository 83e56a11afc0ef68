package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.nn.Forecast;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model says to one row.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Prediction(
        @Schema(description = "Regression: the predicted number, the mean of a distribution, on the target's own scale")
        @Nullable
        Double value,

        @Schema(
                description =
                        "Regression with a loss that predicts a distribution: how far off the value is, typically")
        @Nullable
        Double standardDeviation,

        @Schema(description = "Of mixtureDensity: the normal distributions whose weighted sum is predicted") @Nullable
        List<Forecast.Component> components,

        @Schema(description = "Classification: the most probable class, the first of equals") @Nullable
        String label,

        @Schema(description = "Classification: of each class; left out where the network's output is no probability")
        @Nullable
        Map<String, Double> probabilities,

        @Schema(description = "Of a model with several targets, in place of all these: what it says to each, by column")
        @Nullable
        Map<String, OfTarget> targets,

        @Schema(description = "When included: z of the last layer")
        double @Nullable [] logits,

        @Schema(description = "When included: a of each layer") @Nullable
        List<double[]> activations,

        @Schema(
                description =
                        "When included: for each column the derivative of the value, or of the network's output "
                                + "for the label, with respect to what was sent; for a categorical column one for each category")
        @Nullable
        Map<String, Object> inputGradients) {

    /// What is said to the target of a model that has one.
    OfTarget ofOnlyTarget() {
        return new OfTarget(value, standardDeviation, components, label, probabilities);
    }

    /// What a model says to one row of one target, as in [Prediction].
    @Schema(name = "TargetPrediction")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfTarget(
            @Nullable Double value,
            @Nullable Double standardDeviation,
            @Nullable List<Forecast.Component> components,
            @Nullable String label,
            @Nullable Map<String, Double> probabilities) {

        static final OfTarget NONE = new OfTarget(null, null, null, null, null);
    }
}
