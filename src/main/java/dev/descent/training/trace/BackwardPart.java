package dev.descent.training.trace;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.StepTrace;
import dev.descent.training.plan.JobSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The chain rule, from the loss back to every weight: delta and the gradients of each layer.
final class BackwardPart {

    private final StepTrace trace;
    private final JobSpec spec;
    private final Labels labels;
    private final Document out;
    private final int n;

    BackwardPart(OpenedStep opened, Labels labels, Document out) {
        this.labels = labels;
        this.out = out;
        trace = opened.trace();
        spec = opened.place().spec();
        n = trace.batch().size();
    }

    void write() throws IOException {
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
            out.formula("\\frac{\\partial J}{\\partial " + Labels.first("W", place) + "} = "
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
