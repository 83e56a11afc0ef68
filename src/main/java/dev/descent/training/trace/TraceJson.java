package dev.descent.training.trace;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.optim.Slot;
import dev.descent.core.train.StepTrace;
import dev.descent.training.plan.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes a step as JSON, row by row: nothing of it is held but the step itself.
final class TraceJson {

    private final OpenedStep opened;
    private final StepTrace trace;
    private final JsonGenerator out;
    private final List<String> nonFinite = new ArrayList<>(); // of the layer, or of the step, that is being written

    TraceJson(OpenedStep opened, JsonGenerator out) {
        this.opened = opened;
        trace = opened.trace();
        this.out = out;
    }

    void write() {
        JobSpec spec = opened.place().spec();
        out.writeStartObject();
        out.writeStringProperty("jobId", opened.place().job().id());
        out.writeNumberProperty("step", trace.step());
        out.writeNumberProperty("epoch", trace.epoch());
        out.writeNumberProperty("round", opened.place().round());
        out.writeNumberProperty("replayedFrom", opened.from());
        out.writePOJOProperty("precision", spec.precision());
        out.writePOJOProperty("optimizer", spec.optimizer());
        number("learningRate", trace.learningRate());
        out.writePOJOProperty("lossFunction", spec.loss());
        number("loss", trace.loss());
        number("penalty", trace.penalty());
        number("objective", trace.objective());
        if (spec.trainingSpec().supervision().datasetLossEvery() > 0) {
            number("datasetLoss", trace.datasetLoss());
        } else {
            out.writeNullProperty("datasetLoss");
        }
        batch(trace.batch());
        matrix("outputGradient", trace.outputGradient());
        clipping(trace.clipping());
        numbers();
        divergence();
        reason();
        out.writeName("layers").writeStartArray();
        trace.layers().forEach(this::layer);
        out.writeEndArray();
        out.writeEndObject();
    }

    private void batch(StepTrace.Batch batch) {
        out.writeName("batch").writeStartObject();
        out.writeNumberProperty("size", batch.size());
        out.writeNumberProperty("firstRow", batch.firstRow());
        out.writeName("rows").writeStartArray();
        opened.rows().forEach(out::writeNumber);
        out.writeEndArray();
        strings("inputNames", opened.inputs());
        strings("targetNames", opened.targets());
        matrix("inputs", batch.inputs());
        matrix("targets", batch.targets());
        Matrix weights = batch.weights();
        if (weights == null) {
            out.writeNullProperty("weights");
        } else {
            out.writeName("weights").writeStartArray();
            for (int i = 0; i < weights.rows(); i++) {
                out.writeNumber(weights.get(i, 0));
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void clipping(StepTrace.@Nullable Clipping clipping) {
        if (clipping == null) {
            out.writeNullProperty("clipping");
            return;
        }
        out.writeName("clipping").writeStartObject();
        number("norm", clipping.norm());
        number("clippedNorm", clipping.clippedNorm());
        out.writeEndObject();
    }

    private void numbers() {
        out.writeName("optimizerNumbers").writeStartObject();
        out.writeName("before");
        numbers(trace.before());
        Map<String, Double> after = trace.after();
        if (after == null) {
            out.writeNullProperty("after");
        } else {
            out.writeName("after");
            numbers(after);
        }
        out.writeEndObject();
    }

    private void numbers(Map<String, Double> numbers) {
        out.writeStartObject();
        numbers.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByKey().reversed())
                .forEach(one -> number(one.getKey(), one.getValue()));
        out.writeEndObject();
    }

    private void divergence() {
        var divergence = trace.divergence();
        if (divergence == null) {
            out.writeNullProperty("divergence");
            return;
        }
        out.writeName("divergence").writeStartObject();
        out.writeStringProperty("place", divergence.place().name().toLowerCase(Locale.ROOT));
        out.writeNumberProperty("layer", divergence.layer());
        out.writeStringProperty("message", Words.of(divergence));
        out.writeEndObject();
    }

    private void layer(StepTrace.Layer layer) {
        StepTrace.Trained weights = layer.weights();
        StepTrace.Trained biases = layer.biases();
        out.writeStartObject();
        out.writeNumberProperty("index", layer.place().index());
        out.writeStringProperty("pointer", layer.place().pointer());
        out.writeStringProperty("type", Words.kindOf(layer.place().layer()));
        out.writePOJOProperty("activationFunction", layer.place().layer().activation());
        matrix("input", layer.input());
        matrix("weights", weights == null ? null : weights.before());
        row("biases", biases == null ? null : biases.before());
        if (layer.mean() != null) {
            row("mean", layer.mean());
            row("variance", layer.variance());
            row("runningMean", layer.statistics().get(0));
            row("runningVariance", layer.statistics().get(1));
        }
        if (layer.mask() != null) {
            matrix("mask", layer.mask());
        }
        matrix("preActivation", layer.preActivation());
        matrix("activation", layer.activation());
        matrix("delta", layer.delta());
        matrix("weightGradient", weights == null ? null : weights.gradient());
        row("biasGradient", biases == null ? null : biases.gradient());
        matrix("inputGradient", layer.inputGradient());
        if (weights != null && weights.clipped() != null) {
            matrix("clippedWeightGradient", weights.clipped());
        }
        if (biases != null && biases.clipped() != null) {
            row("clippedBiasGradient", biases.clipped());
        }
        out.writeName("optimizerState").writeStartObject();
        slots("weights", weights);
        slots("biases", biases);
        out.writeEndObject();
        update("weightUpdate", weights, false);
        update("biasUpdate", biases, true);
        matrix("newWeights", weights == null ? null : weights.after());
        row("newBiases", biases == null ? null : biases.after());
        reason();
        out.writeEndObject();
    }

    private void slots(String name, StepTrace.@Nullable Trained parameter) {
        out.writeName(name).writeStartArray();
        if (parameter != null) {
            boolean updated = parameter.after() != null;
            List<Slot> named = updated ? parameter.slotsAfter() : parameter.slotsBefore();
            for (Slot slot : named) {
                out.writeStartObject();
                out.writeStringProperty("symbol", slot.symbol());
                matrix("before", find(parameter.slotsBefore(), slot.symbol()));
                matrix("after", updated ? slot.value() : null);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private static @Nullable Matrix find(List<Slot> slots, String symbol) {
        return slots.stream()
                .filter(slot -> slot.symbol().equals(symbol))
                .map(Slot::value)
                .findFirst()
                .orElse(null);
    }

    private void update(String name, StepTrace.@Nullable Trained parameter, boolean row) {
        Matrix after = parameter == null ? null : parameter.after();
        if (parameter == null || after == null) {
            out.writeNullProperty(name);
            return;
        }
        out.writeName(name);
        see(name, after);
        if (row) {
            difference(after, parameter.before(), 0);
        } else {
            out.writeStartArray();
            for (int i = 0; i < after.rows(); i++) {
                difference(after, parameter.before(), i);
            }
            out.writeEndArray();
        }
    }

    private void difference(Matrix after, Matrix before, int row) {
        out.writeStartArray();
        for (int j = 0; j < after.columns(); j++) {
            entry(after.get(row, j) - before.get(row, j));
        }
        out.writeEndArray();
    }

    private void matrix(String name, @Nullable Matrix matrix) {
        if (matrix == null) {
            out.writeNullProperty(name);
            return;
        }
        see(name, matrix);
        out.writeName(name).writeStartArray();
        for (int i = 0; i < matrix.rows(); i++) {
            entries(matrix, i);
        }
        out.writeEndArray();
    }

    private void row(String name, @Nullable Matrix matrix) {
        if (matrix == null) {
            out.writeNullProperty(name);
            return;
        }
        see(name, matrix);
        out.writeName(name);
        entries(matrix, 0);
    }

    private void entries(Matrix matrix, int row) {
        out.writeStartArray();
        for (int j = 0; j < matrix.columns(); j++) {
            entry(matrix.get(row, j));
        }
        out.writeEndArray();
    }

    private void entry(double value) {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private void number(String name, double value) {
        out.writeName(name);
        entry(value);
        if (!Double.isFinite(value)) {
            nonFinite.add(name + " is " + value);
        }
    }

    private void see(String name, Matrix matrix) {
        if (!matrix.isFinite()) {
            nonFinite.add("entries of " + name);
        }
    }

    /// Says which numbers since the last reason were no numbers to JSON.
    private void reason() {
        if (nonFinite.isEmpty()) {
            out.writeNullProperty("reason");
        } else {
            out.writeStringProperty("reason", "not finite, written as null: " + String.join(", ", nonFinite));
            nonFinite.clear();
        }
    }

    private void strings(String name, List<String> values) {
        out.writeName(name).writeStartArray();
        values.forEach(out::writeString);
        out.writeEndArray();
    }
}
