package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a prediction can show beside its answer.
enum Include {
    @JsonProperty("logits")
    LOGITS,
    @JsonProperty("activations")
    ACTIVATIONS,
    @JsonProperty("inputGradients")
    INPUT_GRADIENTS
}
