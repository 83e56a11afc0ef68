package dev.descent.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.mistake.Student.G;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;
import dev.descent.core.random.NumpyRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every mistake, made by a student in a random layer of a random network, is found by its name.
class MistakesTest {

    private static final int TRIALS = Integer.getInteger("descent.test.trials", 300);

    /// Changes of an array below this part of its largest entry are no mistake worth a name.
    private static final double VISIBLE = 1e-3;

    private record Trial(Task task, Student wrong, Answers answers, int layer) {}

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SOFTMAX_DIAGONAL", "MISSING_SKIP", "MISSING_MASK", "CONSTANT_STATISTICS"})
    void everyMistakeIsFoundOnRandomNetworks(Mistake mistake) {
        NumpyRandom random = new NumpyRandom(mistake.ordinal());
        int named = 0;
        int alone = 0;
        int misplaced = 0;
        List<String> missed = new ArrayList<>();
        for (int t = 0; t < TRIALS; t++) {
            Trial trial = draw(mistake, random);
            Diagnosis diagnosis = trial.task.diagnose(trial.answers, null);
            List<List<Made>> stories = diagnosis.stories();
            boolean found =
                    stories.stream().anyMatch(story -> story.stream().allMatch(made -> made.mistake() == mistake));
            named += found ? 1 : 0;
            alone += found && stories.size() == 1 ? 1 : 0;
            boolean first = found && stories.getFirst().getFirst().mistake() == mistake;
            misplaced += first && stories.getFirst().getFirst().layer() != trial.layer ? 1 : 0;
            if (!found) {
                missed.add(trial + " was explained by " + stories);
            }
        }
        System.out.printf("%s: of %d trials named in %d, by this name alone in %d%n", mistake, TRIALS, named, alone);
        assertThat(named).as("%s", missed).isGreaterThanOrEqualTo((TRIALS * 99 + 99) / 100);
        assertThat(misplaced).as("named first, in another layer").isZero();
    }

    private static Trial draw(Mistake mistake, NumpyRandom random) {
        for (int attempt = 0; attempt < 2000; attempt++) {
            Task task = Task.draw(random);
            Student right = task.student();
            int layer = random.randint(right.w.length);
            if (!applies(mistake, right, layer)) {
                continue;
            }
            double rate = List.of(0.01, 0.1, 0.05, 0.3).get(random.randint(4));
            Student wrong = right.wrong(mistake, layer, rate);
            boolean forward = mistake == Mistake.MISSING_BIAS || mistake == Mistake.MISSING_ACTIVATION;
            boolean deltas = random.randint(3) == 0;
            boolean biases =
                    mistake == Mistake.NOT_SUMMED || mistake == Mistake.SUMMED_OVER_UNITS || random.randint(2) == 0;
            Answers answers = wrong.answers(forward, deltas, biases);
            if (differs(answers, right.answers(forward, deltas, biases))) {
                return new Trial(task, wrong, answers, layer);
            }
        }
        throw new AssertionError("no network on which " + mistake + " makes a difference");
    }

    private static boolean applies(Mistake mistake, Student task, int layer) {
        boolean last = layer == task.w.length - 1;
        G g = task.g[layer];
        boolean square = task.w[layer].length == task.w[layer][0].length;
        return switch (mistake) {
            case SUMMED, AVERAGED_TWICE, WRONG_AVERAGE -> last && task.loss.reduction() == Reduction.MEAN;
            case AVERAGED -> last && task.loss.reduction() == Reduction.SUM;
            case MISSING_SLOPE, SLOPE_OF_ACTIVATION, MISSING_ACTIVATION -> g != G.IDENTITY;
            case SLOPE_OF_PRE_ACTIVATION -> g == G.SIGMOID || g == G.TANH;
            case SLOPE_OF_FUSED_LOSS, RAW_OUTPUT -> last && !(task.loss instanceof Loss.SquaredError);
            case TRANSPOSED_WEIGHTS -> square && layer > 0;
            case STALE_WEIGHTS, INPUT_OF_ANOTHER_LAYER -> layer > 0;
            case PRE_ACTIVATION_INPUT -> layer > 0 && task.g[layer - 1] != G.IDENTITY;
            case FIRST_ROW, LAST_ROW -> task.x.length > 1;
            default -> true;
        };
    }

    /// Whether any array has another shape or visibly other numbers.
    private static boolean differs(Answers wrong, Answers right) {
        for (int l = 0; l < wrong.layers().size(); l++) {
            for (Quantity quantity : Quantity.values()) {
                if (differs(
                        wrong.layers().get(l).get(quantity),
                        right.layers().get(l).get(quantity))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean differs(double @Nullable [][] wrong, double @Nullable [][] right) {
        if (wrong == null || right == null) {
            return false;
        }
        return !Plain.sameShape(wrong, right)
                || Plain.largest(Plain.map(wrong, right, (a, b) -> a - b)) > VISIBLE * Plain.largest(right);
    }

    @Test
    void aRightAnswerIsNeverCalledWrong() {
        NumpyRandom random = new NumpyRandom(77);
        int arrays = 0;
        int coarse = 0;
        for (int t = 0; t < 10 * TRIALS; t++) {
            Task task = Task.draw(random);
            Answers exact = task.student().answers(true, true, true);
            Answers single = task.student().inSinglePrecision().answers(true, true, true);
            for (Answers answers : List.of(
                    exact,
                    single,
                    written(exact, 6, 0),
                    written(exact, 4, 0),
                    written(single, 0, 6),
                    written(exact, 0, 4))) {
                for (Judgement judgement : task.diagnose(answers, null).judgements()) {
                    assertThat(judgement.verdict()).as("%s", judgement).isNotEqualTo(Verdict.WRONG);
                    arrays++;
                    coarse += judgement.verdict() == Verdict.TOO_FEW_DIGITS ? 1 : 0;
                }
            }
        }
        System.out.printf(
                "of %d right arrays %d were written too coarsely to tell, none was called wrong%n", arrays, coarse);
        assertThat(arrays).isGreaterThan(10 * TRIALS * 6 * 6 * 2); // ways to write it, arrays, at least two layers
        assertThat(coarse).isLessThan(arrays / 100);
    }

    /// Rounded to so many digits, or else decimals.
    private static Answers written(Answers answers, int digits, int decimals) {
        return new Answers(
                null,
                answers.layers().stream()
                        .map(layer -> new Answers.Layer(
                                written(layer.preActivation(), digits, decimals),
                                written(layer.activation(), digits, decimals),
                                written(layer.delta(), digits, decimals),
                                written(layer.weightGradient(), digits, decimals),
                                written(layer.biasGradient(), digits, decimals),
                                written(layer.inputGradient(), digits, decimals)))
                        .toList());
    }

    private static double @Nullable [][] written(double @Nullable [][] rows, int digits, int decimals) {
        return rows == null
                ? null
                : Plain.map(rows, rows, (value, same) -> {
                    var number = new BigDecimal(value);
                    return (digits > 0
                                    ? number.round(new MathContext(digits))
                                    : number.setScale(decimals, RoundingMode.HALF_EVEN))
                            .doubleValue();
                });
    }
}
