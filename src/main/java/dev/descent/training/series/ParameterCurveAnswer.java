package dev.descent.training.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [ParameterCurve] writes, described for clients.
@Schema(
        name = "ParameterCurve",
        description = "Recorded gradients or weights by step, a column for each layer's parameter")
record ParameterCurveAnswer(
        @Schema(allowableValues = {"norms", "values"}) String what,
        long every,
        @Schema(description = "Counted from 0") List<Long> steps,
        List<LayerCurve> layers,

        @Schema(description = "Whether maxPoints left out recorded steps")
        boolean sampled,

        @Schema(description = "Where a null stands for a number that is not finite; of values the first in each matrix")
        List<LossCurveAnswer.NonFiniteEntry> nonFinite) {

    @Schema(
            description =
                    "For gradients weightGradient and biasGradient, for weights the parameters before the step's update. An entry for each step: a norm, or a matrix (units x inputs) and a vector (units)")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerCurve(
            @Schema(description = "Place in the network's layers, counted from 0")
            int layer,

            @Schema(types = "array") @Nullable Object weightGradient,
            @Schema(types = "array") @Nullable Object biasGradient,
            @Schema(types = "array") @Nullable Object weights,
            @Schema(types = "array") @Nullable Object biases) {}
}
