package dev.descent.training.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the target is to the network: a number to meet, or one of a few classes.
enum Task {
    @JsonProperty("regression")
    REGRESSION,
    @JsonProperty("classification")
    CLASSIFICATION
}
