package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossFitTest {

    private static final Loss SQUARED = new Loss.SquaredError(Reduction.MEAN, 1);
    private static final Loss SOFTMAX = new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1);
    private static final Loss GAUSSIAN = new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, 1);
    private static final Loss MIXTURE = new Loss.MixtureDensity(3, Reduction.MEAN, 1);

    @Test
    void targetsAreCountedForEachLoss() {
        assertThat(SQUARED.targets(4)).isEqualTo(4);
        assertThat(new Loss.AbsoluteError(Reduction.SUM, 1).targets(4)).isEqualTo(4);
        assertThat(new Loss.Huber(1, Reduction.SUM, 1).targets(1)).isEqualTo(1);
        assertThat(new Loss.BinaryCrossEntropy(Reduction.SUM, 1).targets(2)).isEqualTo(2);
        assertThat(SOFTMAX.targets(3)).isEqualTo(3);
        assertThat(GAUSSIAN.targets(6)).isEqualTo(3);
        assertThat(MIXTURE.targets(9)).isEqualTo(1);
        assertThat(sum(new LossTerm(SQUARED, 1, 2), new LossTerm(MIXTURE, 1, 9), new LossTerm(GAUSSIAN, 1, 4))
                        .targets(15))
                .isEqualTo(2 + 1 + 2);
    }

    static Stream<Arguments> misfits() {
        Loss weighted = new Loss.SoftmaxCrossEntropy(0, List.of(1.0, 2.0), Reduction.MEAN, 1);
        return Stream.of(
                Arguments.of(SOFTMAX, 1, "/loss", "softmax-size"),
                Arguments.of(weighted, 3, "/loss/classWeights", "shape"),
                Arguments.of(GAUSSIAN, 3, "/loss", "loss-outputs"),
                Arguments.of(MIXTURE, 8, "/loss/components", "loss-outputs"),
                Arguments.of(sum(new LossTerm(SQUARED, 1, 2)), 1, "/loss/terms", "loss-outputs"),
                Arguments.of(
                        sum(new LossTerm(SQUARED, 1, 2), new LossTerm(SQUARED, 1, 2)),
                        5,
                        "/loss/terms",
                        "loss-outputs"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void outputsThatALossCannotHaveAreRefused(Loss loss, int outputs, String pointer, String code) {
        InvalidSpec refused = refused(() -> loss.requireFits(network(outputs, new Activation.Identity())));
        assertThat(refused.pointer()).isEqualTo(pointer);
        assertThat(refused.code()).isEqualTo(code);
    }

    static Stream<Arguments> rawLosses() {
        return Stream.of(
                Arguments.of(SOFTMAX, 3, "/loss", "softmaxCrossEntropy"),
                Arguments.of(new Loss.BinaryCrossEntropy(Reduction.SUM, 1), 1, "/loss", "binaryCrossEntropy"),
                Arguments.of(GAUSSIAN, 2, "/loss", "gaussianNegativeLogLikelihood"),
                Arguments.of(MIXTURE, 9, "/loss", "mixtureDensity"),
                Arguments.of(
                        sum(new LossTerm(SQUARED, 1, 1), new LossTerm(GAUSSIAN, 1, 2)),
                        3,
                        "/loss/terms/1/loss",
                        "gaussianNegativeLogLikelihood"));
    }

    @ParameterizedTest
    @MethodSource("rawLosses")
    void rawOutputIsWhatLikelihoodsWorkOn(Loss loss, int outputs, String pointer, String name) {
        loss.requireFits(network(outputs, new Activation.Identity()));
        InvalidSpec refused = refused(() -> loss.requireFits(network(outputs, new Activation.Sigmoid())));
        assertThat(refused.code()).isEqualTo("loss-activation-mismatch");
        assertThat(refused.pointer()).isEqualTo(pointer);
        assertThat(refused.message()).startsWith(name);
        assertThat(refused.value()).isEqualTo("sigmoid");
    }

    @Test
    void differencesTakeAnyOutput() {
        for (Loss loss : List.of(
                SQUARED,
                new Loss.AbsoluteError(Reduction.SUM, 1),
                new Loss.Huber(1, Reduction.SUM, 1),
                sum(new LossTerm(SQUARED, 1, 3)))) {
            loss.requireFits(network(3, new Activation.Tanh()));
            assertThat(loss.accepts(new Activation.Softmax())).isTrue();
        }
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                refusal("/labelSmoothing", () -> new Loss.SoftmaxCrossEntropy(1, null, Reduction.MEAN, 1)),
                refusal("/labelSmoothing", () -> new Loss.SoftmaxCrossEntropy(-0.1, null, Reduction.MEAN, 1)),
                refusal(
                        "/classWeights/1",
                        () -> new Loss.SoftmaxCrossEntropy(0, List.of(1.0, -1.0), Reduction.MEAN, 1)),
                refusal(
                        "/classWeights/0",
                        () -> new Loss.SoftmaxCrossEntropy(0, List.of(Double.NaN, 1.0), Reduction.MEAN, 1)),
                refusal("/classWeights", () -> new Loss.SoftmaxCrossEntropy(0, List.of(0.0, 0.0), Reduction.MEAN, 1)),
                refusal("/classWeights", () -> new Loss.SoftmaxCrossEntropy(0, List.of(), Reduction.MEAN, 1)),
                refusal("/positiveWeight", () -> new Loss.BinaryCrossEntropy(0, Reduction.MEAN, 1)),
                refusal("/delta", () -> new Loss.Huber(0, Reduction.MEAN, 1)),
                refusal("/scale", () -> new Loss.AbsoluteError(Reduction.MEAN, -1)),
                refusal("/scale", () -> new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, Double.NaN)),
                refusal("/components", () -> new Loss.MixtureDensity(0, Reduction.MEAN, 1)),
                refusal("/terms", () -> new Loss.WeightedSum(List.of())),
                refusal("/weight", () -> new LossTerm(SQUARED, -1, 1)),
                refusal("/outputs", () -> new LossTerm(SQUARED, 1, 0)),
                refusal("/loss", () -> new LossTerm(SOFTMAX, 1, 1)),
                refusal("/loss/components", () -> new LossTerm(MIXTURE, 1, 8)),
                refusal("/loss", () -> new LossTerm(sum(new LossTerm(SQUARED, 1, 1)), 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseIsRefusedByItsComponent(String pointer, ThrowingCallable construction) {
        assertThat(refused(construction).pointer()).isEqualTo(pointer);
    }

    @Test
    void everyLossSaysItsFormula() {
        for (Class<?> family : List.<Class<?>>of(Loss.class)) {
            for (Class<?> variant : family.getPermittedSubclasses()) {
                Formula formula = variant.getAnnotation(Formula.class);
                assertThat(formula).as(variant.getSimpleName()).isNotNull();
                assertThat(formula.value()).as(variant.getSimpleName()).isNotBlank();
            }
        }
    }

    private static Arguments refusal(String pointer, ThrowingCallable construction) {
        return Arguments.of(pointer, construction);
    }

    private static InvalidSpec refused(ThrowingCallable call) {
        return catchThrowableOfType(InvalidSpec.class, call);
    }

    private static Loss sum(LossTerm... terms) {
        return new Loss.WeightedSum(List.of(terms));
    }

    private static NetworkSpec network(int outputs, Activation activation) {
        Initializer zeros = new Initializer.Zeros();
        return new NetworkSpec(2, List.of(new LayerSpec.Dense(outputs, activation, true, zeros, zeros)));
    }
}
