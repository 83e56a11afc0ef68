package dev.descent.core.mistake;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.LossTerm;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import java.util.ArrayList;
import java.util.List;

/// A forward pass of n rows as plain numbers, layer by layer in the order of computation, and the loss
/// at its end.
///
/// Each layer's a feeds the next one. A residual block is fed by the last layer inside it; its x is
/// that of the first.
final class Trace {

    private final List<LayerPass> layers;
    private final List<List<Integer>> blocks;
    private final double[][] targets;
    private final Loss loss;

    private Trace(List<LayerPass> layers, double[][] targets, Loss loss) {
        this.layers = List.copyOf(layers);
        this.targets = targets;
        this.loss = loss;
        blocks = new ArrayList<>();
        for (LayerPass layer : layers) {
            blocks.add(new ArrayList<>());
            if (layer.place().layer() instanceof LayerSpec.Residual) {
                blocks.get(firstInside(layers, layer)).add(layer.place().index());
            }
        }
    }

    private static int firstInside(List<LayerPass> layers, LayerPass block) {
        String inside = block.place().pointer() + "/layers/";
        int first = block.place().index();
        while (first > 0 && layers.get(first - 1).place().pointer().startsWith(inside)) {
            first--;
        }
        return first;
    }

    /// Of the last training pass of `network`.
    static Trace of(Network network, Loss loss, double[][] targets) {
        return new Trace(network.layers().stream().map(LayerPass::of).toList(), targets, loss);
    }

    Trace with(List<LayerPass> others) {
        return new Trace(others, targets, loss);
    }

    List<LayerPass> layers() {
        return layers;
    }

    LayerPass layer(int index) {
        return layers.get(index);
    }

    int size() {
        return layers.size();
    }

    int rows() {
        return targets.length;
    }

    double[][] targets() {
        return targets;
    }

    Loss loss() {
        return loss;
    }

    double[][] outputs() {
        return layers.getLast().a();
    }

    /// The residual blocks that begin with this layer, from the innermost out.
    List<Integer> blocksFrom(int layer) {
        return blocks.get(layer);
    }

    /// dJ/d(output) (n x outputs) at these outputs.
    double[][] outputGradient(Loss loss, double[][] outputs, double[][] targets) {
        Matrix delta = Matrix.create(Precision.FLOAT64, outputs.length, outputs[0].length);
        new Objective(loss, Precision.FLOAT64)
                .evaluate(Matrix.of(Precision.FLOAT64, outputs), Matrix.of(Precision.FLOAT64, targets), null, delta);
        return delta.toRows();
    }

    double[][] outputGradient() {
        return outputGradient(loss, outputs(), targets);
    }

    double value() {
        double[][] outputs = outputs();
        return new Objective(loss, Precision.FLOAT64)
                .evaluate(
                        Matrix.of(Precision.FLOAT64, outputs),
                        Matrix.of(Precision.FLOAT64, targets),
                        null,
                        Matrix.create(Precision.FLOAT64, outputs.length, outputs[0].length));
    }

    /// How large the loss is at outputs of 0: what a difference of logarithms may be off by, in units
    /// of the last place.
    double lossUnit() {
        double[][] zeros = Plain.scaled(outputs(), 0);
        double[][] slopes = outputGradient(loss, zeros, targets);
        double sum = 0;
        for (double[] row : slopes) {
            for (double slope : row) {
                sum += Math.abs(slope);
            }
        }
        return sum;
    }

    /// What the loss takes the outputs for: probabilities where it is a cross-entropy.
    double[][] probabilities() {
        double[][] outputs = outputs();
        Matrix probabilities = Matrix.create(Precision.FLOAT64, outputs.length, outputs[0].length);
        new Objective(loss, Precision.FLOAT64).probabilities(Matrix.of(Precision.FLOAT64, outputs), probabilities);
        return probabilities.toRows();
    }

    /// How many terms the mean of the loss divides by, rows and columns and weights considered; the
    /// rows where it sums, or where there is no single number.
    double terms() {
        if (loss.reduction() == Reduction.SUM) {
            return rows();
        }
        double summed = Plain.norm(outputGradient(reduced(loss, Reduction.SUM), outputs(), targets));
        double averaged = Plain.norm(outputGradient());
        return averaged > 0 && Double.isFinite(summed / averaged) ? summed / averaged : rows();
    }

    private static Loss reduced(Loss loss, Reduction reduction) {
        return switch (loss) {
            case Loss.SquaredError squared -> new Loss.SquaredError(reduction, squared.scale());
            case Loss.AbsoluteError absolute -> new Loss.AbsoluteError(reduction, absolute.scale());
            case Loss.Huber huber -> new Loss.Huber(huber.delta(), reduction, huber.scale());
            case Loss.BinaryCrossEntropy binary ->
                new Loss.BinaryCrossEntropy(binary.positiveWeight(), reduction, binary.scale());
            case Loss.SoftmaxCrossEntropy softmax ->
                new Loss.SoftmaxCrossEntropy(
                        softmax.labelSmoothing(), softmax.classWeights(), reduction, softmax.scale());
            case Loss.GaussianNegativeLogLikelihood gaussian ->
                new Loss.GaussianNegativeLogLikelihood(reduction, gaussian.scale());
            case Loss.MixtureDensity mixture ->
                new Loss.MixtureDensity(mixture.components(), reduction, mixture.scale());
            case Loss.WeightedSum sum ->
                new Loss.WeightedSum(sum.terms().stream()
                        .map(term -> new LossTerm(reduced(term.loss(), reduction), term.weight(), term.outputs()))
                        .toList());
        };
    }
}
