package dev.descent.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// How Jackson writes `LayerWeights`: only batch normalisation has running statistics, so no other layer speaks of
/// them.
interface LayerWeightsForm {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    double @Nullable [] runningMean();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    double @Nullable [] runningVariance();
}
