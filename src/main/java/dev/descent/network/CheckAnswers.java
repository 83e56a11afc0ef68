package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.mistake.Answers;
import dev.descent.core.mistake.Diagnosis;
import dev.descent.core.mistake.Distance;
import dev.descent.core.mistake.Judgement;
import dev.descent.core.mistake.Made;
import dev.descent.core.mistake.Quantity;
import dev.descent.core.mistake.Reading;
import dev.descent.core.mistake.Verdict;
import dev.descent.core.mistake.WeightUpdate;
import dev.descent.core.nn.GradientCheck;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.OptimizerRun;
import dev.descent.core.random.NumpyRandom;
import dev.descent.network.CheckedAnswers.ArrayExplanation;
import dev.descent.network.CheckedAnswers.CheckedArray;
import dev.descent.network.CheckedAnswers.CheckedLayer;
import dev.descent.network.CheckedAnswers.FurthestEntry;
import dev.descent.network.CheckedAnswers.NamedMistake;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passes the rows through the network and back, and holds a student's arrays against that.
final class CheckAnswers {

    private final Network network;
    private final Answers answers;
    private final Diagnosis diagnosis;
    private final @Nullable GradientCheck check;

    private CheckAnswers(Network network, Answers answers, Diagnosis diagnosis, @Nullable GradientCheck check) {
        this.network = network;
        this.answers = answers;
        this.diagnosis = diagnosis;
        this.check = check;
    }

    static CheckedAnswers of(NetworkSpec spec, AnswersRequest request) {
        GradientsRequest pass = request.pass();
        Gradients.requireFit(spec, pass);
        Effort.requireSearchable(spec, request.inputs().length);
        Answers answers = request.answers().toDomain(spec);
        Objective objective = new Objective(request.loss(), Precision.FLOAT64);
        Matrix inputs = Matrix.of(Precision.FLOAT64, request.inputs());
        Matrix targets = Matrix.of(Precision.FLOAT64, request.targets());
        NumpyRandom random = pass.start().random();
        try (Network network = pass.start().network(spec, inputs.rows(), random)) {
            Matrix output = network.forwardTraining(inputs, random);
            double value = objective.evaluate(output, targets, null, network.outputGradient());
            network.backward();
            requireFinite(network, value);
            WeightUpdate update = request.optimizer() == null ? null : update(request.optimizer());
            Diagnosis diagnosis = diagnose(network, request, answers, update);
            GradientCheck check = request.check() ? GradientCheck.of(network, objective, inputs, targets) : null;
            return new CheckAnswers(network, answers, diagnosis, check).told();
        }
    }

    private static Diagnosis diagnose(
            Network network, AnswersRequest request, Answers answers, @Nullable WeightUpdate update) {
        try {
            return Diagnosis.of(network, request.loss(), request.targets(), answers, update);
        } catch (InvalidSpec misfit) {
            throw new BatchRefused(misfit.within("/answers"));
        }
    }

    /// Nothing can be held against numbers that are none.
    private static void requireFinite(Network network, double value) {
        boolean finite = Double.isFinite(value);
        for (Layer layer : network.layers()) {
            finite &= layer.preActivation().isFinite()
                    && layer.activation().isFinite()
                    && layer.delta().isFinite();
        }
        for (Parameter parameter : network.parameters()) {
            finite &= parameter.gradient().isFinite();
        }
        if (!finite) {
            throw new BatchRefused(new InvalidSpec(
                    "/inputs",
                    "non-finite",
                    "the pass has numbers that are not finite, to which no answer can be compared; send smaller inputs"
                            + " or weights"));
        }
    }

    /// One step of `optimizer`, begun anew for each array.
    private static WeightUpdate update(Optimizer optimizer) {
        return (layer, weights, gradient) -> {
            Parameter parameter = new Parameter(
                    Parameter.Role.WEIGHTS,
                    Matrix.of(Precision.FLOAT64, weights),
                    Matrix.of(Precision.FLOAT64, gradient));
            OptimizerRun.start(optimizer, List.of(parameter), Precision.FLOAT64).step(optimizer.learningRate());
            return parameter.value().toRows();
        };
    }

    private CheckedAnswers told() {
        List<CheckedLayer> layers = new ArrayList<>();
        for (Layer layer : network.layers()) {
            int l = layer.place().index();
            layers.add(new CheckedLayer(
                    layer.place().pointer(),
                    ForwardPass.kindOf(layer),
                    array(l, Quantity.PRE_ACTIVATION),
                    array(l, Quantity.ACTIVATION),
                    array(l, Quantity.DELTA),
                    array(l, Quantity.WEIGHT_GRADIENT),
                    array(l, Quantity.BIAS_GRADIENT),
                    array(l, Quantity.INPUT_GRADIENT)));
        }
        return new CheckedAnswers(
                verdict(),
                Explanations.summary(diagnosis),
                diagnosis.stories().stream()
                        .map(story -> story.stream().map(NamedMistake::of).toList())
                        .toList(),
                array(layers.size() - 1, Quantity.LOSS),
                layers);
    }

    private Verdict verdict() {
        List<Verdict> verdicts =
                diagnosis.judgements().stream().map(Judgement::verdict).toList();
        if (verdicts.contains(Verdict.WRONG)) {
            return Verdict.WRONG;
        }
        return verdicts.contains(Verdict.TOO_FEW_DIGITS) ? Verdict.TOO_FEW_DIGITS : Verdict.RIGHT;
    }

    private @Nullable CheckedArray array(int layer, Quantity quantity) {
        for (Judgement judgement : diagnosis.judgements()) {
            if (judgement.layer() == layer && judgement.quantity() == quantity) {
                return new CheckedArray(
                        judgement.verdict(),
                        judgement.relativeError(),
                        numericalError(layer, quantity),
                        judgement.tolerance(),
                        new FurthestEntry(judgement.row(), judgement.column(), judgement.found(), judgement.expected()),
                        judgement.readings().stream()
                                .map(reading -> explanation(judgement, reading))
                                .toList());
            }
        }
        return null;
    }

    private ArrayExplanation explanation(Judgement judgement, Reading reading) {
        return new ArrayExplanation(
                reading.mistakes().stream().map(Made::mistake).distinct().toList(),
                reading.followsFrom(),
                Explanations.of(judgement, reading));
    }

    private @Nullable Double numericalError(int layer, Quantity quantity) {
        if (check == null) {
            return null;
        }
        LayerWeights numerical = check.numerical().get(layer);
        double[][] numbers = answers.layers().get(layer).get(quantity);
        double[][] reference = switch (quantity) {
            case WEIGHT_GRADIENT -> numerical.weights();
            case BIAS_GRADIENT -> numerical.biases() == null ? null : new double[][] {numerical.biases()};
            default -> null;
        };
        if (numbers == null || reference == null) {
            return null;
        }
        boolean column = quantity == Quantity.BIAS_GRADIENT && numbers.length > 1 && numbers[0].length == 1;
        return Distance.relative(column ? row(numbers) : numbers, reference);
    }

    private static double[][] row(double[][] column) {
        double[] row = new double[column.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = column[i][0];
        }
        return new double[][] {row};
    }
}
