package dev.descent.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChecksTest {

    private static Check run(Task task) {
        return Objects.requireNonNull(task.run(() -> 0, () -> true));
    }

    @Test
    void everyReferenceNumberComesOut() {
        for (Task task : RunChecks.tasks()) {
            Check check = run(task);
            assertThat(check.state()).as(check.toString()).isEqualTo(Check.State.PASSED);
        }
    }

    /// Counts in the files what there is to compare, without the inputs; credit.json is compared elsewhere.
    @Test
    void noReferenceNumberIsLeftOut() {
        Map<String, Integer> compared = new HashMap<>();
        for (Task task : RunChecks.tasks()) {
            compared.merge(task.file(), run(task).numbers(), Integer::sum);
        }
        Map<String, Integer> there = new HashMap<>();
        there.put("numpy-legacy-rng.json", values("numpy-legacy-rng.json", "/cases") - 9); // their seeds
        there.put("parabola.json", 0);
        for (JsonNode run : Golden.read("parabola.json").get("runs")) {
            for (String part :
                    List.of("firstRows", "firstTargets", "initialWeights", "errorBeforeStep", "finalWeights")) {
                there.merge("parabola.json", count(run.get(part)), Integer::sum);
            }
            run.get("gradientsAtStep")
                    .forEach(at -> there.merge("parabola.json", count(at.get("gradients")), Integer::sum));
        }
        there.put("regression.json", values("regression.json", "/points") + 4);
        there.put("legendre.json", values("legendre.json", ""));
        there.put("activations.json", values("activations.json", "/activations"));
        there.put("losses.json", values("losses.json", "/losses") + 11 + 46); // and those of both likelihoods
        there.put("optimizers.json", values("optimizers.json", "/paths"));
        there.put("schedules.json", values("schedules.json", "/rates"));
        JsonNode network = Golden.read("network.json");
        int centralDifferences = 20 + 5 + 15 + 3;
        there.put(
                "network.json",
                Stream.of("relu", "tanh", "sigmoid")
                                .mapToInt(name -> count(network.get(name)) + centralDifferences)
                                .sum()
                        + count(network.get("batchNorm"))
                        - 8); // gamma and beta are given
        there.put("small.json", 3 + 3 + 2);
        assertThat(compared).isEqualTo(there);
        assertThat(there.keySet()).hasSize(ReferenceNumbers.FILES.size() - 1).isSubsetOf(ReferenceNumbers.FILES);
    }

    private static int values(String file, String pointer) {
        return count(Golden.read(file).at(pointer));
    }

    private static int count(JsonNode node) {
        if (node.isNumber()) {
            return 1;
        }
        int count = 0;
        for (JsonNode child : node) {
            count += count(child);
        }
        return count;
    }

    @Test
    void whatTheServiceReadsAreTheFilesOfTheTests() {
        for (String file : ReferenceNumbers.FILES) {
            assertThat(ReferenceNumbers.read(file)).as(file).isEqualTo(Golden.read(file));
        }
    }

    @Test
    void digitsAreThoseOfTheRelativeError() {
        assertThat(Digits.matched(1.001, 1, 0)).isEqualTo(3);
        assertThat(Digits.matched(-250.0002, -250, 0)).isEqualTo(6.09); // -log10(8e-7) = 6.0969...
        assertThat(Digits.matched(3, 1, 0)).isZero();
        assertThat(Digits.matched(0.25, 0.25, 0)).isEqualTo(17);
        assertThat(Digits.matched(-0.0, 0.0, 0)).isEqualTo(17);
        assertThat(Digits.matched(1e-300, 0, 0)).isZero();
        assertThat(Digits.matched(1e-9, 0, 0.1)).isEqualTo(8);
        assertThat(Digits.matched(Double.NaN, 1, 0)).isZero();
        assertThat(Digits.matched(Double.POSITIVE_INFINITY, 1, 0)).isZero();
        assertThat(Digits.matched(Math.nextUp(1.0), 1, 0)).isBetween(15.0, 16.0);
    }

    private static Check fed(double... computed) {
        return run(new Task("a", "a.json", "a", "lecture", (parts, goesOn) -> {
            Numbers numbers = parts.add("numbers", 9, 0);
            for (int i = 0; i < computed.length; i++) {
                numbers.compare("number " + i, computed[i], i + 1);
            }
        }));
    }

    @Test
    void aSpoiltNumberIsNamedAndFailsItsCheck() {
        Check check = fed(1, 2, 3.000003, 4);
        assertThat(check.state()).isEqualTo(Check.State.FAILED);
        assertThat(check.digits()).isEqualTo(6);
        assertThat(check.numbers()).isEqualTo(4);
        assertThat(check.exact()).isEqualTo(3);
        assertThat(check.parts().getFirst().worst()).isEqualTo(new Check.Worst("number 2", 3, 3.000003));
        assertThat(fed(1, Double.NaN).parts().getFirst().worst()).isEqualTo(new Check.Worst("number 1", 2, null));
        assertThat(fed(1, 2 + 1e-9).state()).isEqualTo(Check.State.PASSED);
    }

    @Test
    void whereNothingWasComparedNothingHasPassed() {
        assertThat(fed().state()).isEqualTo(Check.State.FAILED);
    }

    @Test
    void whatIsToldToStopTellsNothing() {
        List<Task> tasks = new ArrayList<>(RunChecks.tasks());
        assertThat(tasks).isNotEmpty().allMatch(task -> task.run(() -> 0, () -> false) == null);
    }
}
