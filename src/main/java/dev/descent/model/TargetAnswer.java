package dev.descent.model;

import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Forecast;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.TargetOutputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a model says of one of its targets off the outputs that answer it.
final class TargetAnswer {

    private final Target target;
    private final TargetOutputs outputs;
    private final double shift;
    private final double divisor;
    private final boolean probabilities;
    private final Matrix own; // what the loss takes these outputs for

    private TargetAnswer(
            Target target, TargetOutputs outputs, double shift, double divisor, boolean probabilities, Matrix own) {
        this.target = target;
        this.outputs = outputs;
        this.shift = shift;
        this.divisor = divisor;
        this.probabilities = probabilities;
        this.own = own;
    }

    /// One for each of the model's targets, for up to `capacity` rows at once.
    static List<TargetAnswer> of(Interpretation model, int capacity) {
        List<TargetOutputs> outputs = model.answers();
        FittedScaling scaling = model.targetScaling();
        Activation activation = model.network().outputActivation();
        List<TargetAnswer> answers = new ArrayList<>();
        int at = 0;
        for (Target target : model.targets().columns()) {
            TargetOutputs own = outputs.get(answers.size());
            answers.add(new TargetAnswer(
                    target,
                    own,
                    scaling.offsets()[at],
                    scaling.divisors()[at],
                    areProbabilities(own.loss(), activation),
                    Matrix.create(model.precision(), capacity, own.columns().length)));
            at += target.width();
        }
        return answers;
    }

    /// Takes what the loss made of all outputs of some rows.
    void read(Matrix all) {
        own.resize(all.rows());
        outputs.copy(all, own);
    }

    String column() {
        return target.column();
    }

    /// What heads the columns of its predictions in a table of several targets'.
    List<String> header() {
        List<String> header = new ArrayList<>();
        header.add(target.column());
        if (isNumber() && Forecast.isDistribution(outputs.loss())) {
            header.add(target.column() + " standardDeviation");
        }
        if (probabilities && !isNumber()) {
            target.classes().forEach(label -> header.add("probability of " + target.column() + "=" + label));
        }
        return header;
    }

    List<String> classes() {
        return target.classes();
    }

    /// Whether what [#share] says is a probability.
    boolean sharesAreProbabilities() {
        return probabilities;
    }

    boolean isNumber() {
        return target.form() == Target.Form.VALUE;
    }

    /// Of a number, on the target's own scale.
    Forecast forecast(int i) {
        return Forecast.of(outputs.loss(), own, i).unscaled(shift, divisor);
    }

    /// The class that the i-th row belongs to: the first with the largest share.
    int best(int i) {
        return switch (target.form()) {
            case VALUE -> 0;
            case INDICATOR -> own.get(i, 0) > 0.5 ? 1 : 0;
            case ONE_HOT -> {
                int best = 0;
                for (int j = 1; j < own.columns(); j++) {
                    if (own.get(i, j) > own.get(i, best)) {
                        best = j;
                    }
                }
                yield best;
            }
        };
    }

    double share(int i, int label) {
        if (target.form() == Target.Form.INDICATOR) {
            return label == 1 ? own.get(i, 0) : 1 - own.get(i, 0);
        }
        return own.get(i, label);
    }

    Prediction.OfTarget prediction(int i) {
        if (!isNumber()) {
            return new Prediction.OfTarget(null, null, null, target.classes().get(best(i)), shares(i));
        }
        Forecast forecast = forecast(i);
        return new Prediction.OfTarget(
                forecast.mean(),
                forecast.standardDeviation(),
                forecast.components().isEmpty() ? null : forecast.components(),
                null,
                null);
    }

    private @Nullable Map<String, Double> shares(int i) {
        if (!probabilities) {
            return null;
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int j = 0; j < target.classes().size(); j++) {
            shares.put(target.classes().get(j), share(i, j));
        }
        return shares;
    }

    /// Whether what such a loss leaves of such outputs is a probability.
    static boolean areProbabilities(Loss loss, Activation output) {
        return switch (loss) {
            case Loss.BinaryCrossEntropy binary -> true;
            case Loss.SoftmaxCrossEntropy softmax -> true;
            case Loss.GaussianNegativeLogLikelihood gaussian -> false;
            case Loss.MixtureDensity mixture -> false;
            case Loss.WeightedSum heads -> false;
            case Loss.SquaredError _, Loss.AbsoluteError _, Loss.Huber _ ->
                switch (output) {
                    case Activation.Sigmoid sigmoid -> true;
                    case Activation.HardSigmoid hardSigmoid -> true;
                    case Activation.Softmax softmax -> true;
                    case Activation.Identity identity -> false;
                    case Activation.Relu relu -> false;
                    case Activation.LeakyRelu leaky -> false;
                    case Activation.Relu6 relu6 -> false;
                    case Activation.Elu elu -> false;
                    case Activation.Selu selu -> false;
                    case Activation.Tanh tanh -> false;
                    case Activation.Softplus softplus -> false;
                    case Activation.Softsign softsign -> false;
                    case Activation.Gelu gelu -> false;
                    case Activation.GeluTanh geluTanh -> false;
                    case Activation.Swish swish -> false;
                    case Activation.Mish mish -> false;
                    case Activation.Sine sine -> false;
                    case Activation.Polynomial polynomial -> false;
                };
        };
    }
}
