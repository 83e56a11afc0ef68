package dev.descent.core.nn;

import dev.descent.core.InvalidSpec;
import java.util.List;

/// Which losses go with which last layers.
final class LossFit {

    private LossFit() {}

    static boolean accepts(Loss loss, Activation output) {
        return switch (loss) {
            case Loss.SquaredError squared -> true;
            case Loss.AbsoluteError absolute -> true;
            case Loss.Huber huber -> true;
            case Loss.BinaryCrossEntropy binary -> output instanceof Activation.Identity;
            case Loss.SoftmaxCrossEntropy softmax -> output instanceof Activation.Identity;
            case Loss.GaussianNegativeLogLikelihood gaussian -> output instanceof Activation.Identity;
            case Loss.MixtureDensity mixture -> output instanceof Activation.Identity;
            case Loss.WeightedSum sum ->
                sum.terms().stream().allMatch(term -> term.loss().accepts(output));
        };
    }

    static int targets(Loss loss, int outputs) {
        return switch (loss) {
            case Loss.SquaredError squared -> outputs;
            case Loss.AbsoluteError absolute -> outputs;
            case Loss.Huber huber -> outputs;
            case Loss.BinaryCrossEntropy binary -> outputs;
            case Loss.SoftmaxCrossEntropy softmax -> classes(softmax, outputs);
            case Loss.GaussianNegativeLogLikelihood gaussian -> {
                if (outputs % 2 != 0) {
                    throw new InvalidSpec(
                            "",
                            "loss-outputs",
                            "gaussianNegativeLogLikelihood needs an even number of outputs, means and then logarithms of"
                                    + " variances, not " + outputs,
                            outputs);
                }
                yield outputs / 2;
            }
            case Loss.MixtureDensity mixture -> {
                if (outputs != 3L * mixture.components()) {
                    throw new InvalidSpec(
                            "/components",
                            "loss-outputs",
                            "mixtureDensity of " + mixture.components() + " components needs "
                                    + 3L * mixture.components()
                                    + " outputs (mixture logits, means, logarithms of standard deviations), not "
                                    + outputs,
                            mixture.components());
                }
                yield 1;
            }
            case Loss.WeightedSum sum -> columns(sum, outputs);
        };
    }

    static void require(Loss loss, Activation output, int outputs) {
        requireAccepted("/loss", loss, output);
        try {
            int unused = targets(loss, outputs);
        } catch (InvalidSpec misfit) {
            throw misfit.within("/loss");
        }
    }

    /// The weights, none below 0 and one above.
    static List<Double> weights(String pointer, List<Double> weights) {
        for (int i = 0; i < weights.size(); i++) {
            double weight = weights.get(i);
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new InvalidSpec(
                        pointer + "/" + i, "out-of-range", "a weight must be a finite number, at least 0", weight);
            }
        }
        if (weights.stream().noneMatch(weight -> weight > 0)) {
            throw new InvalidSpec(pointer, "out-of-range", "at least one of the weights must be greater than 0");
        }
        return List.copyOf(weights);
    }

    private static void requireAccepted(String pointer, Loss loss, Activation output) {
        if (loss instanceof Loss.WeightedSum sum) {
            for (int i = 0; i < sum.terms().size(); i++) {
                requireAccepted(
                        pointer + "/terms/" + i + "/loss", sum.terms().get(i).loss(), output);
            }
        } else if (!loss.accepts(output)) {
            throw new InvalidSpec(
                    pointer,
                    "loss-activation-mismatch",
                    name(loss) + " works on the network's raw output: give the last layer the activation identity",
                    name(output));
        }
    }

    private static int classes(Loss.SoftmaxCrossEntropy softmax, int outputs) {
        if (outputs == 1) {
            throw new InvalidSpec(
                    "",
                    "softmax-size",
                    "softmax over a single output is always 1; use binaryCrossEntropy, or an output for each class",
                    outputs);
        }
        List<Double> weights = softmax.classWeights();
        if (weights != null && weights.size() != outputs) {
            throw new InvalidSpec(
                    "/classWeights",
                    "shape",
                    "classWeights needs a weight for each of the " + outputs + " outputs, not " + weights.size(),
                    weights.size());
        }
        return outputs;
    }

    private static int columns(Loss.WeightedSum sum, int outputs) {
        long taken = 0;
        int targets = 0;
        for (LossTerm term : sum.terms()) {
            taken += term.outputs();
            targets += taken > outputs ? 0 : term.loss().targets(term.outputs());
        }
        if (taken != outputs) {
            throw new InvalidSpec(
                    "/terms",
                    "loss-outputs",
                    "the terms work on " + taken + " outputs together, there are " + outputs,
                    taken);
        }
        return targets;
    }

    /// The wire name of a variant.
    private static String name(Object variant) {
        String name = variant.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
