package dev.descent.training.recording;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Over which rows the recorded loss is taken: the step's batch, or all training rows before the step's update.
public enum LossOver {
    @JsonProperty("batch")
    BATCH,
    @JsonProperty("dataset")
    DATASET
}
