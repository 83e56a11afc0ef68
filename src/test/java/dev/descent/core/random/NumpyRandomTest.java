package dev.descent.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NumpyRandomTest {

    static List<JsonNode> goldenStreams() throws Exception {
        try (InputStream file = NumpyRandomTest.class.getResourceAsStream("/golden/numpy-legacy-rng.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new JsonMapper().readTree(file).get("cases").forEach(cases::add);
            return cases;
        }
    }

    @ParameterizedTest
    @MethodSource("goldenStreams")
    void everyDrawIsNumpysToTheLastBit(JsonNode stream) {
        NumpyRandom random = new NumpyRandom(stream.get("seed").longValue());
        assertThat(stream.get("draws").size()).isPositive();
        for (JsonNode draw : stream.get("draws")) {
            String call = draw.get("call").stringValue();
            double[] expected = new double[draw.get("values").size()];
            Arrays.setAll(expected, i -> draw.get("values").get(i).doubleValue());
            assertThat(draw(random, call, expected.length)).as(call).containsExactly(expected);
        }
    }

    private static double[] draw(NumpyRandom random, String call, int size) {
        return switch (call) {
            case "randn(7)", "randn(1)" -> fill(size, random::randn);
            case "randint(100, size=8)" -> fill(size, () -> random.randint(100));
            case "randint(3, size=6)" -> fill(size, () -> random.randint(3));
            case "uniform(-10, 10, 4)" -> fill(size, () -> random.uniform(-10, 10));
            case "choice(100, 20)" -> doubles(random.choice(100, 20));
            case "permutation(10)" -> doubles(random.permutation(10));
            case "random_sample(3)" -> fill(size, random::randomSample);
            case "normal(2.0, 0.5, 3)" -> fill(size, () -> random.normal(2.0, 0.5));
            case "random_sample(5000), dropped; then random_sample(3)" -> {
                fill(5000, random::randomSample);
                yield fill(size, random::randomSample);
            }
            default -> throw new AssertionError("a call this test does not know: " + call);
        };
    }

    private static double[] fill(int size, DoubleSupplier next) {
        return DoubleStream.generate(next).limit(size).toArray();
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    @Test
    void seedBeyond32BitsIsNumpysArrayOfTwoWords() {
        NumpyRandom random = new NumpyRandom((1L << 32) + 5); // RandomState([5, 1])
        assertThat(random.randomSample()).isEqualTo(0.15727238718789782);
        assertThat(random.randn()).isEqualTo(0.7390118585196896);
        assertThat(random.randint(1000)).isEqualTo(769);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 53})
    void seedOutsideTheRangeIsRefused(long seed) {
        assertThatThrownBy(() -> new NumpyRandom(seed))
                .isInstanceOfSatisfying(
                        InvalidSpec.class, e -> assertThat(e.pointer()).isEqualTo("/seed"));
    }

    @Test
    void oneChoiceTakesNothingFromTheStream() {
        NumpyRandom random = new NumpyRandom(4);
        assertThat(random.randint(1)).isZero();
        assertThat(random.randomSample()).isEqualTo(new NumpyRandom(4).randomSample());
    }

    @Test
    void nothingToChooseFromIsRefused() {
        assertThatThrownBy(() -> new NumpyRandom(4).randint(0)).hasMessageContaining("at least 1, was 0");
    }

    @Test
    void restoredGeneratorContinuesTheStreamFromAnyPosition() {
        NumpyRandom random = new NumpyRandom(42);
        NumpyRandom steps = new NumpyRandom(43);
        for (int round = 0; round < 500; round++) {
            NumpyRandom restored = restored(state(random));
            int draws = 1 + steps.randint(40);
            for (int i = 0; i < draws; i++) {
                assertThat(restored.randn()).isEqualTo(random.randn());
                assertThat(restored.randint(1 + i)).isEqualTo(random.randint(1 + i));
            }
            assertThat(state(restored)).isEqualTo(state(random));
        }
    }

    @Test
    void keptDeviateIsPartOfTheState() {
        NumpyRandom random = new NumpyRandom(42);
        random.randn();
        NumpyRandom restored = restored(state(random));
        assertThat(restored.randn()).isEqualTo(random.randn());
        assertThat(state(restored)).isEqualTo(state(random));
    }

    @Test
    void otherWordsAreNoState() {
        NumpyRandom random = new NumpyRandom(1);
        int[] state = state(random);
        assertThatThrownBy(() -> random.restore(new int[7])).hasMessageContaining("these are 7");
        int[] outside = state.clone();
        outside[624] = 625; // the position
        assertThatThrownBy(() -> random.restore(outside)).hasMessageContaining("position 625");
        int[] neither = state.clone();
        neither[625] = 2; // whether a deviate is kept
        assertThatThrownBy(() -> random.restore(neither)).hasMessageContaining("spare 2");
        assertThat(state(random)).isEqualTo(state);
    }

    private static int[] state(NumpyRandom random) {
        int[] state = new int[NumpyRandom.STATE_WORDS];
        random.save(state);
        return state;
    }

    private static NumpyRandom restored(int[] state) {
        NumpyRandom random = new NumpyRandom(0);
        random.restore(state);
        return random;
    }
}
