package dev.descent.training.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [ParameterCurve] writes, described for clients.
@Schema(
        name = "ParameterCurve",
        description = "Recorded gradients, weights or activations by step, a column for each layer's parameter")
record ParameterCurveAnswer(
        @Schema(allowableValues = {"norms", "values", "histograms"})
        String what,

        @Schema(description = "Of each histogram; left out where there are none") @Nullable
        Integer bins,

        long every,
        @Schema(description = "Counted from 0") List<Long> steps,
        List<LayerCurve> layers,

        @Schema(description = "Whether maxPoints left out recorded steps")
        boolean sampled,

        @Schema(description = "Where a null stands for a number that is not finite; of values the first in each matrix")
        List<LossCurveAnswer.NonFiniteEntry> nonFinite) {

    @Schema(
            description =
                    "For gradients weightGradient and biasGradient, for weights the parameters before the step's update, for activations those of the step's batch. An entry for each step: a norm, or a matrix (units x inputs, rows x units) and a vector (units); histograms are an object of columns")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerCurve(
            @Schema(description = "Place in the network's layers, counted from 0")
            int layer,

            @Schema(types = {"array", "object"}) @Nullable Object weightGradient,
            @Schema(types = {"array", "object"}) @Nullable Object biasGradient,
            @Schema(types = {"array", "object"}) @Nullable Object weights,
            @Schema(types = {"array", "object"}) @Nullable Object biases,
            @Schema(types = {"array", "object"}) @Nullable Object activation) {}
}
