package dev.descent.training.trace;

import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;

/// Losses in TeX, in terms of the network's output a and the target y.
final class LossTex {

    private LossTex() {}

    /// J, as a sum over the rows i of the batch and the outputs j, of which there are k.
    static String objective(Loss loss, int k) {
        if (loss instanceof Loss.WeightedSum sum) {
            StringBuilder terms = new StringBuilder();
            for (var term : sum.terms()) {
                terms.append(terms.isEmpty() ? "" : " + ")
                        .append(Tex.number(term.weight()))
                        .append(" \\left(")
                        .append(objective(term.loss(), term.loss().targets(term.outputs())))
                        .append("\\right)");
            }
            return terms.toString();
        }
        boolean mean = loss.reduction() == Reduction.MEAN;
        String scale = loss.scale() == 1 ? "" : Tex.number(loss.scale()) + " \\cdot ";
        return scale + (mean ? divisor(loss, k) : "") + term(loss);
    }

    private static String divisor(Loss loss, int k) {
        boolean overRows = k == 1 || loss instanceof Loss.SoftmaxCrossEntropy || loss instanceof Loss.MixtureDensity;
        return overRows ? "\\frac{1}{n} " : "\\frac{1}{n \\cdot " + k + "} ";
    }

    private static String term(Loss loss) {
        return switch (loss) {
            case Loss.SquaredError _ -> "\\sum_{i,j} (a_{ij} - y_{ij})^2";
            case Loss.AbsoluteError _ -> "\\sum_{i,j} |a_{ij} - y_{ij}|";
            case Loss.Huber huber ->
                "\\sum_{i,j} h(a_{ij} - y_{ij}), \\quad h(e) = \\begin{cases} e^2 / 2 & |e| \\le "
                        + Tex.number(huber.delta()) + " \\\\ " + Tex.number(huber.delta()) + " (|e| - "
                        + Tex.number(huber.delta() / 2) + ") & \\text{else} \\end{cases}";
            case Loss.BinaryCrossEntropy binary ->
                binary.positiveWeight() == 1
                        ? "\\sum_{i,j} (1 - y_{ij}) a_{ij} + \\log(1 + e^{-a_{ij}})"
                        : "\\sum_{i,j} (1 - y_{ij}) a_{ij} + (1 + " + Tex.number(binary.positiveWeight() - 1)
                                + " y_{ij}) \\log(1 + e^{-a_{ij}})";
            case Loss.SoftmaxCrossEntropy _ ->
                "\\sum_i \\sum_k c_k\\, y_{ik} \\left( \\log \\sum_j e^{a_{ij}} - a_{ik} \\right)";
            case Loss.GaussianNegativeLogLikelihood _ ->
                "\\sum_{i,j} \\tfrac{1}{2} \\left( s_{ij} + (y_{ij} - m_{ij})^2 e^{-s_{ij}} + \\log 2\\pi \\right),"
                        + " \\quad (m\\; s) = a";
            case Loss.MixtureDensity _ ->
                "\\sum_i -\\log \\sum_k \\operatorname{softmax}(c_i)_k\\,"
                        + " \\mathcal{N}(y_i;\\, m_{ik},\\, e^{2 s_{ik}}), \\quad (c\\; m\\; s) = a";
            case Loss.WeightedSum _ -> throw new IllegalArgumentException("a sum has no term of its own");
        };
    }

    /// dJ/da where it is short to say; empty elsewhere.
    static String gradient(Loss loss, int k) {
        double scale = loss instanceof Loss.SquaredError ? 2 * loss.scale() : loss.scale();
        String factor = scale == 1 ? "" : Tex.number(scale) + " \\cdot ";
        String over = loss.reduction() == Reduction.SUM ? "" : divisor(loss, k);
        return switch (loss) {
            case Loss.SquaredError _ -> factor + over + "(a - y)";
            case Loss.AbsoluteError _ -> factor + over + "\\operatorname{sign}(a - y)";
            case Loss.BinaryCrossEntropy binary ->
                binary.positiveWeight() == 1 ? factor + over + "(\\sigma(a) - y)" : "";
            case Loss.SoftmaxCrossEntropy softmax ->
                softmax.classWeights() == null && softmax.labelSmoothing() == 0
                        ? factor + over + "(\\operatorname{softmax}(a) - y)"
                        : "";
            case Loss.Huber _, Loss.GaussianNegativeLogLikelihood _, Loss.MixtureDensity _, Loss.WeightedSum _ -> "";
        };
    }
}
