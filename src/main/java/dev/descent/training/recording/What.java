package dev.descent.training.recording;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What is kept of a matrix: its Euclidean norm, or every entry.
public enum What {
    @JsonProperty("norms")
    NORMS,
    @JsonProperty("values")
    VALUES
}
