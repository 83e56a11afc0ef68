package dev.descent.training.trace;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.train.StepTrace;
import dev.descent.training.plan.JobSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
        new ForwardPart(opened, labels, out).write();
        loss();
        new BackwardPart(opened, labels, out).write();
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
}
