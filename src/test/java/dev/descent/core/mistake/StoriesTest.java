package dev.descent.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import dev.descent.core.mistake.Student.G;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// More than one array wrong, by one mistake or by several.
class StoriesTest {

    private static final int TRIALS = 300;

    @Test
    void whatFollowsFromALaterLayerIsNoSecondMistake() {
        NumpyRandom random = new NumpyRandom(1);
        int carried = 0;
        for (int t = 0; t < TRIALS; t++) {
            Task task = smooth(4, random);
            int layer = 1 + random.randint(2);
            Diagnosis diagnosis = task.diagnose(
                    task.student().wrong(Mistake.MISSING_SLOPE, layer, 0).answers(false, t % 2 == 0, true), null);
            assertThat(diagnosis.stories())
                    .containsExactly(List.of(new Made(Mistake.MISSING_SLOPE, layer, Quantity.DELTA)));
            for (Judgement judgement : diagnosis.judgements()) {
                if (judgement.layer() > layer) {
                    assertThat(judgement.verdict()).isEqualTo(Verdict.RIGHT);
                    continue;
                }
                assertThat(judgement.verdict()).isEqualTo(Verdict.WRONG);
                assertThat(judgement.readings()).hasSize(1);
                assertThat(judgement.readings().getFirst().followsFrom())
                        .isEqualTo(judgement.layer() == layer ? null : Integer.valueOf(layer));
                carried += judgement.layer() < layer ? 1 : 0;
            }
        }
        assertThat(carried).isGreaterThan(2 * TRIALS);
    }

    @Test
    void aHabitIsFoundInEveryLayer() {
        NumpyRandom random = new NumpyRandom(2);
        for (Mistake habit :
                List.of(Mistake.MISSING_SLOPE, Mistake.SLOPE_OF_ACTIVATION, Mistake.TRANSPOSED, Mistake.FIRST_ROW)) {
            int found = 0;
            for (int t = 0; t < TRIALS / 3; t++) {
                Task task = smooth(3, random);
                Diagnosis diagnosis = task.diagnose(
                        task.student().wrong(habit, Student.EVERYWHERE, 0).answers(false, t % 2 == 0, true), null);
                boolean all = diagnosis.stories().getFirst().stream().allMatch(made -> made.mistake() == habit)
                        && diagnosis.stories().getFirst().stream()
                                        .map(Made::layer)
                                        .distinct()
                                        .count()
                                == 3;
                found += all ? 1 : 0;
            }
            assertThat(found).as("%s", habit).isGreaterThanOrEqualTo(TRIALS / 3 * 99 / 100);
        }
    }

    @Test
    void weightsAfterTheUpdateAreRecognisedInEveryLayerWhetherTheRateIsToldOrNot() {
        NumpyRandom random = new NumpyRandom(3);
        int found = 0;
        for (int t = 0; t < TRIALS; t++) {
            Task task = smooth(4, random);
            Student right = task.student();
            Student wrong = right.wrong(Mistake.STALE_WEIGHTS, Student.EVERYWHERE, 0.2);
            Diagnosis diagnosis =
                    task.diagnose(wrong.answers(false, false, true), t % 2 == 0 ? WeightUpdate.descent(0.2) : null);
            List<Made> first = diagnosis.stories().getFirst();
            found += first.stream().allMatch(made -> made.mistake() == Mistake.STALE_WEIGHTS) && first.size() == 3
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(TRIALS * 99 / 100);
    }

    @Test
    void twoDifferentMistakesAreBothNamed() {
        NumpyRandom random = new NumpyRandom(4);
        int found = 0;
        for (int t = 0; t < TRIALS; t++) {
            Task task = smooth(3, random);
            Answers answers = with(
                    task.student().wrong(Mistake.WRONG_SIGN, 2, 0).answers(false, false, true), 0, Plain::transpose);
            List<Made> first = task.diagnose(answers, null).stories().getFirst();
            found += first.stream().map(Made::mistake).toList().equals(List.of(Mistake.WRONG_SIGN, Mistake.TRANSPOSED))
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(TRIALS * 99 / 100);
    }

    /// Two rows: dropping the 1/n is a factor of 2.
    @Test
    void mistakesThatComeToTheSameAreAllNamed() {
        double[][] x = {{1, 2}, {3, -1}};
        Task task = Task.of(
                new double[][][] {{{0.3, -0.2}, {0.5, 0.4}}},
                new G[] {G.IDENTITY},
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                x,
                new double[][] {{1, 0}, {0, 1}});
        Diagnosis diagnosis =
                task.diagnose(task.student().wrong(Mistake.SUMMED, 0, 0).answers(false, false, true), null);
        assertThat(diagnosis.stories())
                .extracting(story -> story.getFirst().mistake())
                .contains(Mistake.FACTOR_TWO, Mistake.SUMMED);
        assertThat(diagnosis.judgements().getFirst().readings()).hasSizeGreaterThan(1);
    }

    @Test
    void whatNothingExplainsIsWrongWithoutAName() {
        NumpyRandom random = new NumpyRandom(5);
        int nameless = 0;
        for (int t = 0; t < TRIALS; t++) {
            Task task = smooth(3, random);
            Answers answers = with(task.student().answers(false, false, true), 1, dw -> noise(dw, random));
            Diagnosis diagnosis = task.diagnose(answers, null);
            assertThat(diagnosis.judgements())
                    .filteredOn(judgement -> judgement.verdict() == Verdict.WRONG)
                    .singleElement()
                    .satisfies(judgement -> assertThat(judgement.layer()).isEqualTo(1));
            nameless += diagnosis.stories().isEmpty() ? 1 : 0;
        }
        assertThat(nameless).isEqualTo(TRIALS);
    }

    /// A delta of no known kind; the arrays before it are right for it.
    @Test
    void anUnexplainedDeltaIsBelievedForWhatComesBefore() {
        NumpyRandom random = new NumpyRandom(6);
        Task task = smooth(3, random);
        Student student = task.student();
        double[][] delta = noise(student.delta[1], random);
        double[][] dw = Plain.transposedTimes(delta, student.in[1]);
        Answers answers =
                new Answers(null, List.of(layer(null, null), layer(delta, dw), layer(student.delta[2], student.dw[2])));
        Diagnosis diagnosis = task.diagnose(answers, null);
        assertThat(diagnosis.stories()).isEmpty();
        assertThat(diagnosis.judgements())
                .extracting(Judgement::verdict)
                .containsExactly(Verdict.WRONG, Verdict.WRONG, Verdict.RIGHT, Verdict.RIGHT);
    }

    @Test
    void aWrongForwardPassIsFollowedBack() {
        NumpyRandom random = new NumpyRandom(7);
        for (int t = 0; t < TRIALS; t++) {
            Task task = smooth(3, random);
            Answers answers = task.student().wrong(Mistake.MISSING_BIAS, 1, 0).answers(true, true, true);
            Diagnosis diagnosis = task.diagnose(answers, null);
            assertThat(diagnosis.stories().getFirst())
                    .containsExactly(new Made(Mistake.MISSING_BIAS, 1, Quantity.PRE_ACTIVATION));
        }
    }

    @Test
    void aShapeThatNoMistakeLeadsToIsRefused() {
        Task task = smooth(2, new NumpyRandom(8));
        Answers answers = with(task.student().answers(false, false, false), 1, dw -> new double[13][17]);
        assertThatThrownBy(() -> task.diagnose(answers, null)).isInstanceOfSatisfying(InvalidSpec.class, refused -> {
            assertThat(refused.pointer()).isEqualTo("/layers/1/weightGradient");
            assertThat(refused.message()).contains("not 13 x 17");
        });
    }

    @Test
    void theLossIsChecked() {
        Task task = smooth(2, new NumpyRandom(9));
        Student student = task.student();
        double value = 0;
        for (int i = 0; i < student.y.length; i++) {
            for (int j = 0; j < student.y[i].length; j++) {
                double difference = student.a[1][i][j] - student.y[i][j];
                value += difference * difference;
            }
        }
        double mean = value / (student.y.length * student.y[0].length);
        List<Answers.Layer> nothing = List.of(layer(null, null), layer(null, null));
        assertThat(task.diagnose(new Answers(mean, nothing), null).stories()).isEmpty();
        assertThat(task.diagnose(new Answers((double) (float) mean, nothing), null)
                        .judgements()
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.RIGHT);
        assertThat(task.diagnose(new Answers(mean / 2, nothing), null).stories().getFirst())
                .extracting(Made::mistake)
                .containsExactly(Mistake.HALF);
    }

    /// Dense layers of tanh, squared error: every mistake makes a difference.
    private static Task smooth(int layers, NumpyRandom random) {
        double[][][] w = new double[layers][][];
        G[] g = new G[layers];
        int before = 3;
        double[][] x = Task.normal(5, before, 1, random);
        for (int l = 0; l < layers; l++) {
            int units = l % 2 == 0 ? 4 : 3;
            w[l] = Task.normal(units, before, 0.7, random);
            g[l] = G.TANH;
            before = units;
        }
        return Task.of(w, g, new Loss.SquaredError(Reduction.MEAN, 1), x, Task.normal(5, before, 1, random));
    }

    private static double[][] noise(double[][] rows, NumpyRandom random) {
        return Plain.map(rows, rows, (value, same) -> value + random.randn());
    }

    private static Answers.Layer layer(double @Nullable [][] delta, double @Nullable [][] dw) {
        return new Answers.Layer(null, null, delta, dw, null, null);
    }

    private static Answers with(Answers answers, int layer, UnaryOperator<double[][]> change) {
        List<Answers.Layer> layers = new ArrayList<>(answers.layers());
        Answers.Layer one = layers.get(layer);
        double[][] dw = one.weightGradient();
        layers.set(
                layer,
                new Answers.Layer(
                        one.preActivation(),
                        one.activation(),
                        one.delta(),
                        dw == null ? null : change.apply(dw),
                        one.biasGradient(),
                        one.inputGradient()));
        return new Answers(answers.loss(), layers);
    }
}
