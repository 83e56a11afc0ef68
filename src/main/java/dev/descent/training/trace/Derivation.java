package dev.descent.training.trace;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.StepTrace;
import dev.descent.training.plan.JobSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step as a lecture derives it: the shapes, the pass forward, the loss, the chain rule from the loss
/// back to every weight, and the update, each formula with the numbers of this step.
final class Derivation {

    private final OpenedStep opened;
    private final StepTrace trace;
    private final JobSpec spec;
    private final Labels labels;
    private final Document out;
    private final int n;

    Derivation(OpenedStep opened, Document out) {
        this.opened = opened;
        this.out = out;
        trace = opened.trace();
        spec = opened.place().spec();
        labels = new Labels(spec.network().placedLayers());
        n = trace.batch().size();
    }

    void write() throws IOException {
        String name = opened.place().job().name();
        out.begin("Step " + trace.step() + " of "
                + (name == null ? "job " + out.escape(opened.place().job().id()) : out.escape(name)));
        introduction();
        shapes();
        forward();
        loss();
        backward();
        new UpdatePart(opened, out).write();
        out.end();
    }

    private void introduction() throws IOException {
        out.paragraph("Job " + out.escape(opened.place().job().id()) + ", step " + trace.step()
                + " (counted from 0) in epoch " + trace.epoch() + ": $n = " + n + "$ rows, learning rate $\\eta = "
                + Tex.number(trace.learningRate()) + "$. Numbers are rounded to six digits; all of them, to the last"
                + " bit, are in the JSON form.");
        int shown = trace.batch().inputs().rows();
        if (shown < n) {
            out.paragraph("Of the batch the rows " + trace.batch().firstRow() + " to "
                    + (trace.batch().firstRow() + shown - 1) + " are shown; sums run over all.");
        }
        int layers = spec.network().placedLayers().size();
        if (trace.layers().size() < layers) {
            out.paragraph("Of the " + layers + " layers " + trace.layers().size() + " are shown.");
        }
    }

    private void shapes() throws IOException {
        out.heading("Shapes");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "$X$",
                "inputs: " + names(opened.inputs()),
                shape(n, spec.network().inputs())));
        rows.add(List.of(
                "$Y$",
                "targets: " + names(opened.targets()),
                shape(n, trace.batch().targets().columns())));
        for (StepTrace.Layer layer : trace.layers()) {
            PlacedLayer place = layer.place();
            String kind = Words.kindOf(place.layer());
            if (place.weightRows() > 0) {
                boolean dense = place.layer() instanceof LayerSpec.Dense;
                rows.add(List.of(
                        "$" + Labels.of(dense ? "W" : "\\gamma", place) + "$",
                        kind + " layer",
                        shape(place.weightRows(), place.weightColumns())));
            }
            if (place.biases() > 0) {
                boolean dense = place.layer() instanceof LayerSpec.Dense;
                rows.add(List.of(
                        "$" + Labels.of(dense ? "b" : "\\beta", place) + "$",
                        kind + " layer",
                        shape(1, place.biases())));
            }
            rows.add(List.of(
                    "$" + Labels.of("z", place) + ", " + Labels.of("a", place) + ", " + Labels.of("\\delta", place)
                            + "$",
                    kind + " layer",
                    shape(n, place.units())));
        }
        out.table(List.of("Symbol", "Meaning", "Shape"), rows);
    }

    private String names(List<String> names) {
        List<String> shown = names.size() > 6 ? names.subList(0, 5) : names;
        return out.escape(String.join(", ", shown)) + (shown.size() < names.size() ? ", ..." : "");
    }

    private static String shape(long rows, long columns) {
        return "$" + rows + " \\times " + columns + "$";
    }

    private void forward() throws IOException {
        out.heading("Forward pass");
        out.formula("X = " + Tex.matrix(trace.batch().inputs()) + ", \\qquad Y = "
                + Tex.matrix(trace.batch().targets()));
        if (trace.batch().weights() != null) {
            out.paragraph("The rows weigh");
            out.formula("w = " + Tex.matrix(trace.batch().weights()));
        }
        for (StepTrace.Layer layer : trace.layers()) {
            preActivation(layer);
            activation(layer);
        }
    }

    private void preActivation(StepTrace.Layer layer) throws IOException {
        PlacedLayer place = layer.place();
        String z = Labels.of("z", place);
        String x = labels.input(place);
        out.paragraph("Layer " + (place.index() + 1) + ", " + Words.kindOf(place.layer()) + ".");
        switch (place.layer()) {
            case LayerSpec.Dense dense -> {
                StepTrace.Trained weights = layer.weights();
                String w = Labels.of("W", place);
                String b = dense.bias() ? " + " + Labels.of("b", place) : "";
                if (weights != null) {
                    out.formula(w + " = " + Tex.matrix(weights.before()) + bias(layer));
                }
                out.formula(z + " = " + x + "\\, {" + w + "}^{\\top}" + b + " = " + Tex.matrix(layer.preActivation()));
                entry(layer);
            }
            case LayerSpec.Dropout dropout -> {
                if (layer.mask() != null) {
                    out.formula(Labels.of("M", place) + " = " + Tex.matrix(layer.mask()) + ", \\quad \\frac{1}{1 - "
                            + Tex.number(dropout.rate()) + "} \\text{ where a unit is kept}");
                }
                out.formula(
                        z + " = " + x + " \\odot " + Labels.of("M", place) + " = " + Tex.matrix(layer.preActivation()));
            }
            case LayerSpec.BatchNormalization normalization -> {
                if (layer.weights() != null && layer.biases() != null) {
                    out.formula(Labels.of("\\gamma", place) + " = "
                            + Tex.matrix(layer.weights().before()) + ", \\quad " + Labels.of("\\beta", place) + " = "
                            + Tex.matrix(layer.biases().before()));
                }
                if (layer.mean() != null && layer.variance() != null) {
                    out.formula("\\mu = " + Tex.matrix(layer.mean()) + ", \\quad \\sigma^2 = "
                            + Tex.matrix(layer.variance()));
                }
                out.formula(z + " = " + Labels.of("\\gamma", place) + " \\frac{" + x + " - \\mu}{\\sqrt{\\sigma^2 + "
                        + Tex.number(normalization.epsilon()) + "}} + " + Labels.of("\\beta", place) + " = "
                        + Tex.matrix(layer.preActivation()));
            }
            case LayerSpec.Residual residual ->
                out.formula(z + " = " + x + " + " + Labels.of("a", labels.last(place, residual)) + " = "
                        + Tex.matrix(layer.preActivation()));
        }
    }

    private static String bias(StepTrace.Layer layer) {
        StepTrace.Trained biases = layer.biases();
        return biases == null ? "" : ", \\qquad " + Labels.of("b", layer.place()) + " = " + Tex.matrix(biases.before());
    }

    /// One entry of z, as the sum that it is.
    private void entry(StepTrace.Layer layer) throws IOException {
        StepTrace.Trained weights = layer.weights();
        if (weights == null || layer.input().rows() == 0) {
            return;
        }
        StepTrace.Trained biases = layer.biases();
        String products = Tex.products(layer.input().columns(), new Tex.Factors() {
            @Override
            public double left(int i) {
                return weights.before().get(0, i);
            }

            @Override
            public double right(int i) {
                return layer.input().get(0, i);
            }
        });
        out.formula(first("z", layer.place()) + " = " + products
                + (biases == null ? "" : " + " + Tex.factor(biases.before().get(0, 0))) + " = "
                + Tex.number(layer.preActivation().get(0, 0)));
    }

    private static String first(String symbol, PlacedLayer place) {
        return symbol + "^{(" + (place.index() + 1) + ")}_{11}";
    }

    private void activation(StepTrace.Layer layer) throws IOException {
        Activation g = layer.place().layer().activation();
        String a = Labels.of("a", layer.place());
        if (g instanceof Activation.Identity) {
            out.formula(a + " = " + Labels.of("z", layer.place()));
        } else {
            out.formula(a + " = g(" + Labels.of("z", layer.place()) + ") = " + Tex.matrix(layer.activation())
                    + ", \\qquad g(z) = " + ActivationTex.value(g));
        }
    }

    private void loss() throws IOException {
        out.heading("Loss");
        int k = trace.batch().targets().columns();
        boolean penalized = trace.penalty() != 0;
        out.formula("J = " + LossTex.objective(spec.loss(), k) + " = " + Tex.number(trace.loss()));
        if (trace.batch().weights() != null) {
            out.paragraph(
                    "Each row's term counts as often as the row weighs; in a mean $n$ is the sum of the weights.");
        }
        if (penalized) {
            out.paragraph("Regularisation adds " + "$" + Tex.number(trace.penalty()) + "$, so that the step minimises $"
                    + Tex.number(trace.objective()) + "$.");
        }
        String gradient = trace.batch().weights() == null ? LossTex.gradient(spec.loss(), k) : "";
        out.formula("\\frac{\\partial J}{\\partial a} = " + (gradient.isEmpty() ? "" : gradient + " = ")
                + Tex.matrix(trace.outputGradient()));
    }

    private void backward() throws IOException {
        out.heading("Backward pass");
        out.paragraph("With $\\delta = \\partial J / \\partial z$ the chain rule goes back layer by layer. "
                + (spec.loss().reduction() == Reduction.MEAN
                        ? "The factor of the mean is in $\\delta$ already: with $\\tilde\\delta = n \\delta$, the deltas of"
                                + " single rows, $\\delta^{\\top} x$ is $\\frac{1}{n}\\, \\tilde\\delta^{\\top} x$."
                        : ""));
        for (StepTrace.Layer layer : trace.layers().reversed()) {
            delta(layer);
            gradients(layer);
        }
    }

    private void delta(StepTrace.Layer layer) throws IOException {
        PlacedLayer place = layer.place();
        Activation g = place.layer().activation();
        String delta = Labels.of("\\delta", place);
        String outer = labels.outputGradient(place);
        String slope = switch (g) {
            case Activation.Identity _ -> outer;
            case Activation.Softmax _ -> together(outer) + "\\, g'(" + Labels.of("z", place) + ") \\text{ row by row}";
            default -> together(outer) + " \\odot g'(" + Labels.of("z", place) + ")";
        };
        out.paragraph("Layer " + (place.index() + 1) + ", " + Words.kindOf(place.layer()) + ".");
        out.formula(delta + " = " + slope + " = " + Tex.matrix(layer.delta())
                + (g instanceof Activation.Identity ? "" : ", \\qquad g'(z) = " + ActivationTex.slope(g)));
        deltaEntry(layer, g);
    }

    private static String together(String sum) {
        return "\\left( " + sum + " \\right)";
    }

    /// One entry of delta: what comes back to it, times the slope.
    private void deltaEntry(StepTrace.Layer layer, Activation g) throws IOException {
        PlacedLayer next = labels.next(layer.place());
        if (next == null || !(next.layer() instanceof LayerSpec.Dense)) {
            return;
        }
        StepTrace.Layer behind = traced(next);
        if (behind == null
                || behind.inputGradient().rows() == 0
                || g instanceof Activation.Identity
                || !ActivationTex.isElementwise(g)) {
            return;
        }
        int unit = liveUnit(layer);
        double back = behind.inputGradient().get(0, unit);
        double delta = layer.delta().get(0, unit);
        StepTrace.Trained weights = behind.weights();
        if (weights == null || back == 0 || !Double.isFinite(delta / back)) {
            return;
        }
        String products = Tex.products(behind.delta().columns(), new Tex.Factors() {
            @Override
            public double left(int i) {
                return behind.delta().get(0, i);
            }

            @Override
            public double right(int i) {
                return weights.before().get(i, unit);
            }
        });
        out.formula(Labels.of("\\delta", layer.place()) + "_{1" + (unit + 1) + "} = \\left( " + products
                + " \\right) \\cdot g'(" + Tex.number(layer.preActivation().get(0, unit)) + ") = " + Tex.factor(back)
                + " \\cdot " + Tex.factor(delta / back) + " = " + Tex.number(delta));
    }

    /// The first unit that the first row has an influence through; the first of all where there is none.
    private static int liveUnit(StepTrace.Layer layer) {
        for (int j = 0; j < Math.min(layer.delta().columns(), 9); j++) {
            if (layer.delta().get(0, j) != 0) {
                return j;
            }
        }
        return 0;
    }

    private StepTrace.@Nullable Layer traced(PlacedLayer place) {
        return trace.layers().stream()
                .filter(layer -> layer.place().index() == place.index())
                .findFirst()
                .orElse(null);
    }

    private void gradients(StepTrace.Layer layer) throws IOException {
        PlacedLayer place = layer.place();
        StepTrace.Trained weights = layer.weights();
        StepTrace.Trained biases = layer.biases();
        if (weights == null) {
            return;
        }
        boolean dense = place.layer() instanceof LayerSpec.Dense;
        String delta = Labels.of("\\delta", place);
        String x = labels.input(place);
        String w = Labels.of(dense ? "W" : "\\gamma", place);
        out.formula("\\frac{\\partial J}{\\partial " + w + "} = "
                + (dense
                        ? "{" + delta + "}^{\\top} " + x
                        : "\\sum_i \\delta_i \\odot \\frac{x_i - \\mu}{\\sqrt{\\sigma^2 +" + " \\epsilon}}")
                + penalty(dense, w) + " = " + Tex.matrix(weights.gradient()));
        if (dense && layer.input().rows() == n && penalty(true, w).isEmpty()) {
            out.formula("\\frac{\\partial J}{\\partial " + first("W", place) + "} = "
                    + Tex.products(n, new Tex.Factors() {
                        @Override
                        public double left(int i) {
                            return layer.delta().get(i, 0);
                        }

                        @Override
                        public double right(int i) {
                            return layer.input().get(i, 0);
                        }
                    })
                    + " = " + Tex.number(weights.gradient().get(0, 0)));
        }
        if (biases != null) {
            String b = Labels.of(dense ? "b" : "\\beta", place);
            out.formula("\\frac{\\partial J}{\\partial " + b + "} = \\sum_i " + delta + "_i" + penalty(false, b) + " = "
                    + Tex.matrix(biases.gradient()));
        }
        if (!dense) {
            out.formula(Labels.of("D", place) + " = \\frac{\\partial J}{\\partial " + x + "} = \\frac{\\gamma}"
                    + "{\\sqrt{\\sigma^2 + \\epsilon}} \\left( \\delta - \\overline{\\delta} - \\hat x \\odot"
                    + " \\overline{\\delta \\odot \\hat x} \\right) = " + Tex.matrix(layer.inputGradient()));
        }
    }

    /// What the penalty adds to a gradient.
    private String penalty(boolean ofWeights, String parameter) {
        var regularization = spec.regularization();
        if (regularization == null || (!ofWeights && !regularization.biases())) {
            return "";
        }
        return (regularization.l2() > 0 ? " + " + Tex.number(regularization.l2()) + "\\, " + parameter : "")
                + (regularization.l1() > 0
                        ? " + " + Tex.number(regularization.l1()) + " \\operatorname{sign}(" + parameter + ")"
                        : "");
    }
}
