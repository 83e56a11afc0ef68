package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Value and gradient of every loss against PyTorch's.
class LossesTest {

    /// Rounding of a few operations on numbers near 1.
    private static final double DOUBLE = 1e-13;

    private static final double SINGLE = 1e-5;

    private static final JsonNode GOLDEN = Golden.read("losses.json");
    private static final JsonNode REFERENCE = Golden.resource("reference/losses.json");
    private static final List<Double> WEIGHTS = List.of(0.5, 2.0, 1.0, 0.0, 1.5, 3.0);

    /// Reference numbers, and what has to give them; the gradient's columns are those of p.
    private record Known(
            String name,
            Loss loss,
            double[][] p,
            double[][] y,
            double @Nullable [][] rowWeights,
            double value,
            double[][] gradient) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Known> known() {
        List<Known> known = new ArrayList<>();
        for (Reduction reduction : Reduction.values()) {
            addGolden(known, reduction);
            addReference(known, reduction);
        }
        addGoldenLikelihoods(known);
        addReferenceWeights(known);
        return known.stream();
    }

    private static void addGolden(List<Known> known, Reduction reduction) {
        double[][] y = Golden.matrix(GOLDEN.get("y"));
        double[][] labels = Golden.oneHot(GOLDEN.get("labels"), 3);
        double[][] binary = Golden.matrix(GOLDEN.get("binaryTargets"));
        known.add(golden("squared_error", new Loss.SquaredError(reduction, 1), y));
        known.add(golden("absolute_error", new Loss.AbsoluteError(reduction, 1), y));
        known.add(golden("huber(1.0)", new Loss.Huber(1, reduction, 1), y));
        known.add(golden("binary_cross_entropy_with_logits", new Loss.BinaryCrossEntropy(reduction, 1), binary));
        known.add(golden("softmax_cross_entropy", new Loss.SoftmaxCrossEntropy(reduction, 1), labels));
        known.add(golden(
                "softmax_cross_entropy(label_smoothing=0.1)",
                new Loss.SoftmaxCrossEntropy(0.1, null, reduction, 1),
                labels));
        known.add(golden(
                "softmax_cross_entropy(class_weights=[0.5,2,1])",
                new Loss.SoftmaxCrossEntropy(0, List.of(0.5, 2.0, 1.0), reduction, 1),
                labels));
    }

    private static void addReference(List<Known> known, Reduction reduction) {
        double[][] y = Golden.matrix(REFERENCE.get("y"));
        double[][] labels = Golden.oneHot(REFERENCE.get("labels"), 6);
        double[][] binary = Golden.matrix(REFERENCE.get("positives"));
        known.add(reference("huber(0.3)", new Loss.Huber(0.3, reduction, 1), y, null, 3));
        known.add(reference(
                "binary_cross_entropy(pos_weight=2.5)",
                new Loss.BinaryCrossEntropy(2.5, reduction, 1),
                binary,
                null,
                6));
        known.add(reference(
                "softmax_cross_entropy(label_smoothing=0.2,class_weights)",
                new Loss.SoftmaxCrossEntropy(0.2, WEIGHTS, reduction, 1),
                labels,
                null,
                6));
        known.add(reference("gaussian(3 means)", new Loss.GaussianNegativeLogLikelihood(reduction, 1), y, null, 6));
        known.add(reference("mixture(2)", new Loss.MixtureDensity(2, reduction, 1), columns(y, 0, 1), null, 6));
    }

    private static void addReferenceWeights(List<Known> known) {
        double[][] y = Golden.matrix(REFERENCE.get("y"));
        double[][] labels = Golden.oneHot(REFERENCE.get("labels"), 6);
        double[][] weights = transposed(Golden.vector(REFERENCE.get("rowWeights")));
        known.add(reference(
                "softmax_cross_entropy(class_weights,row_weights)",
                new Loss.SoftmaxCrossEntropy(0, WEIGHTS, Reduction.MEAN, 1),
                labels,
                weights,
                6));
        known.add(reference("squared_error(row_weights)", new Loss.SquaredError(Reduction.MEAN, 1), y, weights, 3));
        Loss heads = new Loss.WeightedSum(List.of(
                new LossTerm(new Loss.SquaredError(Reduction.MEAN, 1), 0.5, 1),
                new LossTerm(new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), 2, 5)));
        known.add(
                reference("heads", heads, beside(columns(y, 0, 1), Golden.oneHot(REFERENCE.get("five"), 5)), null, 6));
    }

    private static void addGoldenLikelihoods(List<Known> known) {
        JsonNode gaussian = GOLDEN.get("gaussianNegativeLogLikelihood");
        known.add(new Known(
                "gaussian",
                new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, 1),
                beside(Golden.matrix(gaussian.get("mean")), Golden.matrix(gaussian.get("logVariance"))),
                Golden.matrix(gaussian.get("target")),
                null,
                gaussian.get("value").doubleValue(),
                beside(
                        Golden.matrix(gaussian.get("gradientMean")),
                        Golden.matrix(gaussian.get("gradientLogVariance")))));
        JsonNode mixture = GOLDEN.get("mixtureDensityNegativeLogLikelihood");
        known.add(new Known(
                "mixture",
                new Loss.MixtureDensity(3, Reduction.MEAN, 1),
                Golden.matrix(mixture.get("raw")),
                Golden.matrix(mixture.get("target")),
                null,
                mixture.get("value").doubleValue(),
                Golden.matrix(mixture.get("gradient"))));
    }

    @ParameterizedTest
    @MethodSource("known")
    void valueAndGradientArePyTorchs(Known known) {
        for (Precision precision : Precision.values()) {
            for (Layout layout : Layout.values()) {
                double tolerance = precision == Precision.FLOAT64 ? DOUBLE : SINGLE;
                Matrix delta = Matrix.create(precision, known.p.length, known.p[0].length, layout);
                double value = new Objective(known.loss, precision)
                        .evaluate(
                                matrix(known.p, precision, layout),
                                Matrix.of(precision, known.y),
                                known.rowWeights == null ? null : Matrix.of(precision, known.rowWeights),
                                delta);
                Golden.assertClose("value", value, known.value, tolerance, 0);
                Golden.assertClose("gradient", delta.toRows(), known.gradient, tolerance, 0.01);
            }
        }
    }

    @Test
    void everyLossAndEveryReferenceNumberIsCovered() {
        Set<Class<?>> covered = known().map(known -> known.loss.getClass()).collect(Collectors.toSet());
        assertThat(covered).containsExactlyInAnyOrder(Loss.class.getPermittedSubclasses());
        assertThat(known().toList())
                .hasSize(
                        GOLDEN.get("losses").size() + 2 + REFERENCE.get("cases").size());
        assertThat(LossSamples.all().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Loss.class.getPermittedSubclasses());
    }

    @Test
    void scaleMultipliesValueAndGradient() {
        NumpyRandom random = new NumpyRandom(8);
        double[][] p = LossSamples.outputs(5, random);
        double[][] y = LossSamples.targets(new Loss.AbsoluteError(Reduction.MEAN, 1), 5, random);
        Matrix once = Matrix.create(Precision.FLOAT64, 5, LossSamples.OUTPUTS);
        Matrix scaled = Matrix.create(Precision.FLOAT64, 5, LossSamples.OUTPUTS);
        double value = evaluate(new Loss.AbsoluteError(Reduction.MEAN, 1), p, y, once);
        assertThat(evaluate(new Loss.AbsoluteError(Reduction.MEAN, 0.25), p, y, scaled))
                .isEqualTo(0.25 * value);
        assertThat(scaled.get(2, 3)).isEqualTo(0.25 * once.get(2, 3));
    }

    @Test
    void optionsThatAreOffChangeNoBit() {
        NumpyRandom random = new NumpyRandom(9);
        double[][] p = LossSamples.outputs(7, random);
        Loss plain = new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1);
        double[][] y = LossSamples.targets(plain, 7, random);
        Matrix expected = Matrix.create(Precision.FLOAT64, 7, LossSamples.OUTPUTS);
        Matrix found = Matrix.create(Precision.FLOAT64, 7, LossSamples.OUTPUTS);
        double value = evaluate(plain, p, y, expected);
        Loss ones = new Loss.SoftmaxCrossEntropy(0, List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0), Reduction.MEAN, 1);
        assertThat(evaluate(ones, p, y, found)).isEqualTo(value);
        assertThat(found.toRows()).isDeepEqualTo(expected.toRows());
    }

    static double evaluate(Loss loss, double[][] p, double[][] y, Matrix delta) {
        return new Objective(loss, Precision.FLOAT64)
                .evaluate(Matrix.of(Precision.FLOAT64, p), Matrix.of(Precision.FLOAT64, y), null, delta);
    }

    private static Known golden(String name, Loss loss, double[][] y) {
        JsonNode expected = GOLDEN.get("losses").get(name + "/" + reduction(loss));
        return new Known(
                name + "/" + reduction(loss),
                loss,
                Golden.matrix(GOLDEN.get("p")),
                y,
                null,
                expected.get("value").doubleValue(),
                Golden.matrix(expected.get("gradient")));
    }

    private static Known reference(
            String name, Loss loss, double[][] y, double @Nullable [][] rowWeights, int outputs) {
        String full = name + "/" + (loss instanceof Loss.WeightedSum ? "mean" : reduction(loss));
        JsonNode expected = REFERENCE.get("cases").get(full);
        return new Known(
                full,
                loss,
                columns(Golden.matrix(REFERENCE.get("z")), 0, outputs),
                y,
                rowWeights,
                expected.get("value").doubleValue(),
                columns(Golden.matrix(expected.get("gradient")), 0, outputs));
    }

    private static String reduction(Loss loss) {
        return loss.reduction() == Reduction.MEAN ? "mean" : "sum";
    }

    private static Matrix matrix(double[][] rows, Precision precision, Layout layout) {
        Matrix matrix = Matrix.create(precision, rows.length, rows[0].length, layout);
        matrix.copy(Matrix.of(precision, rows));
        return matrix;
    }

    private static double[][] columns(double[][] rows, int first, int count) {
        double[][] part = new double[rows.length][count];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], first, part[i], 0, count);
        }
        return part;
    }

    private static double[][] beside(double[][] left, double[][] right) {
        double[][] both = new double[left.length][left[0].length + right[0].length];
        for (int i = 0; i < left.length; i++) {
            System.arraycopy(left[i], 0, both[i], 0, left[i].length);
            System.arraycopy(right[i], 0, both[i], left[i].length, right[i].length);
        }
        return both;
    }

    private static double[][] transposed(double[] row) {
        return Arrays.stream(row).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }
}
