package dev.descent.training.trace;

import dev.descent.core.Formula;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Slot;
import dev.descent.core.train.StepTrace;
import dev.descent.training.plan.JobSpec;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last part of a [Derivation]: from gradients to new weights.
final class UpdatePart {

    private final StepTrace trace;
    private final JobSpec spec;
    private final Document out;

    UpdatePart(OpenedStep opened, Document out) {
        trace = opened.trace();
        spec = opened.place().spec();
        this.out = out;
    }

    void write() throws IOException {
        out.heading("Update");
        Optimizer rule = spec.optimizer();
        Formula formula = rule.getClass().getAnnotation(Formula.class);
        out.paragraph(out.code(name(rule)) + (formula == null ? "" : ": " + out.code(formula.value())) + ".");
        if (trace.divergence() != null) {
            out.paragraph("The run ended here: " + Words.of(trace.divergence()) + ".");
        }
        Map<String, Double> numbers = trace.after();
        if (numbers == null) {
            return;
        }
        clipping();
        for (StepTrace.Layer layer : trace.layers()) {
            boolean dense = layer.place().layer() instanceof LayerSpec.Dense;
            parameter(dense ? "W" : "\\gamma", layer.place(), layer.weights(), numbers);
            parameter(dense ? "b" : "\\beta", layer.place(), layer.biases(), numbers);
        }
        var regularization = spec.regularization();
        if (regularization != null && regularization.maxNorm() != null) {
            out.paragraph("After the update each row of a W longer than $" + Tex.number(regularization.maxNorm())
                    + "$ is scaled back to that length.");
        }
    }

    private static String name(Optimizer rule) {
        String name = rule.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private void clipping() throws IOException {
        GradientClipping rule = spec.gradientClipping();
        StepTrace.Clipping clipping = trace.clipping();
        if (rule == null || clipping == null) {
            return;
        }
        switch (rule) {
            case GradientClipping.Value value ->
                out.formula("g \\leftarrow \\max(-" + Tex.number(value.limit()) + ", \\min(" + Tex.number(value.limit())
                        + ", g)) \\text{ for each entry}");
            case GradientClipping.Norm norm ->
                out.formula("g \\leftarrow g \\cdot \\min\\left(1, \\frac{" + Tex.number(norm.limit()) + "}{\\|g\\| +"
                        + " 10^{-6}}\\right), \\qquad \\|g\\| = " + Tex.number(clipping.norm()) + " \\to "
                        + Tex.number(clipping.clippedNorm()));
        }
    }

    private void parameter(
            String symbol, PlacedLayer place, StepTrace.@Nullable Trained parameter, Map<String, Double> numbers)
            throws IOException {
        if (parameter == null || parameter.after() == null) {
            return;
        }
        String label = Labels.of(symbol, place);
        out.paragraph("$" + label + "$, and its first entry:");
        double t = numbers.getOrDefault("t", Double.NaN);
        for (String line : UpdateTex.lines(
                spec.optimizer(),
                label + (parameter.before().rows() > 1 || symbol.equals("W") ? "_{11}" : "_1"),
                parameter,
                trace.learningRate(),
                t)) {
            out.formula(line);
        }
        for (Slot slot : parameter.slotsAfter()) {
            out.formula(symbol(slot.symbol()) + " = " + Tex.matrix(slot.value()));
        }
        out.formula(label + " \\leftarrow " + Tex.matrix(parameter.after()));
    }

    private static String symbol(String symbol) {
        int underscore = symbol.indexOf('_');
        return underscore > 0
                ? symbol.substring(0, underscore) + "_{" + symbol.substring(underscore + 1) + "}"
                : symbol.length() > 1 ? "\\mathrm{" + symbol + "}" : symbol;
    }
}
