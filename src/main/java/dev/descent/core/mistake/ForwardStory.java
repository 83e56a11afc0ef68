package dev.descent.core.mistake;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Slopes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody's forward pass did, as far as z and a were sent: the mistakes in it, and the trace
/// that it left.
///
/// What cannot be explained is believed: the layers after are held against it.
///
/// @param unexplained how many arrays nothing explains
record ForwardStory(Story story, Trace trace, int unexplained) {

    static ForwardStory of(Trace right, Answering answering) {
        List<LayerPass> layers = new ArrayList<>();
        Story story = Story.EMPTY;
        int unexplained = 0;
        for (LayerPass layer : right.layers()) {
            int l = layer.place().index();
            double[][] before = l == 0 ? layer.x() : layers.get(l - 1).a();
            double[][] x = before;
            if (layer.place().layer() instanceof LayerSpec.Residual) {
                x = layers.get(firstInside(right, l)).x();
            }
            Given z = answering.get(l, Quantity.PRE_ACTIVATION);
            Given a = answering.get(l, Quantity.ACTIVATION);
            Step pre = preActivation(layer, x, before, z, a);
            story = pre.tell(story, l, Quantity.PRE_ACTIVATION, z);
            Step post = activation(layer, pre.numbers, a);
            story = post.tell(story, l, Quantity.ACTIVATION, a);
            unexplained += (pre.unexplained ? 1 : 0) + (post.unexplained ? 1 : 0);
            layers.add(layer.with(x, pre.numbers, post.numbers));
        }
        return new ForwardStory(story, right.with(layers), unexplained);
    }

    /// Whether anything in it was wrong.
    boolean wrong() {
        return unexplained > 0 || !story.mistakes().isEmpty();
    }

    /// @param carried whether what comes after is computed with the mistake
    private record Step(double[][] numbers, List<Mistake> mistakes, boolean carried, boolean unexplained) {

        Story tell(Story story, int layer, Quantity quantity, @Nullable Given given) {
            List<Made> made = mistakes.stream()
                    .map(mistake -> new Made(mistake, layer, quantity))
                    .toList();
            Story told = story;
            if (carried) {
                for (Made one : made) {
                    told = told.then(new Story.Carried(one));
                }
            }
            if (given == null) {
                return told;
            }
            List<Made> alone = carried ? List.of() : made;
            return told.then(new Story.Fit(layer, quantity, unexplained ? List.of() : List.of(alone)));
        }
    }

    /// z from x, by the way that agrees with z, or with the a that comes of it where only that was
    /// sent.
    private static Step preActivation(
            LayerPass layer, double[][] x, double[][] before, @Nullable Given z, @Nullable Given a) {
        double[][] right = layer.preActivation(x, before);
        if ((z == null && a == null) || agrees(layer, right, z, a)) {
            return new Step(right, List.of(), true, false);
        }
        if (layer.biases() != null) {
            double[][] without = new LayerPass(
                            layer.place(), x, layer.weights(), null, null, layer.normalization(), layer.z(), layer.a())
                    .preActivation(x, before);
            if (agrees(layer, without, z, a)) {
                return new Step(without, List.of(Mistake.MISSING_BIAS), true, false);
            }
        }
        double[][] weights = layer.weights();
        if (layer.place().layer() instanceof LayerSpec.Dense
                && weights != null
                && weights.length == weights[0].length) {
            double[][] turned = new LayerPass(
                            layer.place(),
                            x,
                            Plain.transpose(weights),
                            layer.biases(),
                            null,
                            null,
                            layer.z(),
                            layer.a())
                    .preActivation(x, before);
            if (agrees(layer, turned, z, a)) {
                return new Step(turned, List.of(Mistake.TRANSPOSED_WEIGHTS), true, false);
            }
        }
        if (z == null) {
            return new Step(right, List.of(), true, false);
        }
        if (z.agrees(Plain.transpose(right), 1)) {
            return new Step(right, List.of(Mistake.TRANSPOSED), false, false);
        }
        double[][] sent = Plain.sameShape(z.numbers(), right) ? z.numbers() : right;
        return new Step(sent, List.of(), true, true);
    }

    private static boolean agrees(LayerPass layer, double[][] z, @Nullable Given sent, @Nullable Given a) {
        return sent != null ? sent.agrees(z, 1) : a != null && a.agrees(Slopes.activate(layer.activation(), z), 1);
    }

    private static Step activation(LayerPass layer, double[][] z, @Nullable Given a) {
        double[][] right = Slopes.activate(layer.activation(), z);
        if (a == null || a.agrees(right, 1)) {
            return new Step(right, List.of(), true, false);
        }
        if (!(layer.activation() instanceof Activation.Identity) && a.agrees(z, 1)) {
            return new Step(z, List.of(Mistake.MISSING_ACTIVATION), true, false);
        }
        if (a.agrees(Plain.transpose(right), 1)) {
            return new Step(right, List.of(Mistake.TRANSPOSED), false, false);
        }
        double[][] sent = Plain.sameShape(a.numbers(), right) ? a.numbers() : right;
        return new Step(sent, List.of(), true, true);
    }

    private static int firstInside(Trace trace, int block) {
        int first = block;
        while (!trace.blocksFrom(first).contains(block)) {
            first--;
        }
        return first;
    }
}
