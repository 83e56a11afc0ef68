package dev.descent.training.trace;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.train.StepTrace;
import java.io.IOException;

/// The pass forward: z and a of each layer, and the first entry of each z as the sum that it is.
final class ForwardPart {

    private final StepTrace trace;
    private final Labels labels;
    private final Document out;

    ForwardPart(OpenedStep opened, Labels labels, Document out) {
        this.labels = labels;
        this.out = out;
        trace = opened.trace();
    }

    void write() throws IOException {
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
        out.formula(Labels.first("z", layer.place()) + " = " + products
                + (biases == null ? "" : " + " + Tex.factor(biases.before().get(0, 0))) + " = "
                + Tex.number(layer.preActivation().get(0, 0)));
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
}
