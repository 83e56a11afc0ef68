package dev.descent.training.series;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.descent.drawing.Axis;

/// The axis on which losses are drawn; where they are not positive, a logarithmic one has gaps.
public enum CurveScale {
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("log")
    LOG;

    Axis axis(String label) {
        return switch (this) {
            case LINEAR -> Axis.linear(label);
            case LOG -> Axis.logarithmic(label);
        };
    }
}
