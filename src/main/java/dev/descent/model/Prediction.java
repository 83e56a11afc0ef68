package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model says to one row.
///
/// @param value the predicted number, on the target's own scale; for regression only
/// @param label the most probable class; for classification only
/// @param probabilities of each class; left out where the network's output is no probability
/// @param logits z of the last layer
/// @param activations a of each layer
/// @param inputGradients for each column the derivative of the value, or of the network's output for the label, with
/// respect to the column's number, and for a categorical column to each category's input
@JsonInclude(JsonInclude.Include.NON_NULL)
record Prediction(
        @Nullable Double value,
        @Nullable String label,
        @Nullable Map<String, Double> probabilities,
        double @Nullable [] logits,
        @Nullable List<double[]> activations,
        @Nullable Map<String, Object> inputGradients) {}
