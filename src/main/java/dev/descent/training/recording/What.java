package dev.descent.training.recording;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What is kept of a matrix: its Euclidean norm, every entry, or how the entries are spread.
public enum What {
    @JsonProperty("norms")
    NORMS,
    @JsonProperty("values")
    VALUES,
    @JsonProperty("histograms")
    HISTOGRAMS;

    /// As it is called on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
