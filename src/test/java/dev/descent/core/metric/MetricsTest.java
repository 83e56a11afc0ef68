package dev.descent.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against scikit-learn 1.2.1. It sums pairwise, we in row order: some hundred terms differ by a few last places.
class MetricsTest {

    private static final double TOLERANCE = 1e-13;
    private static final int ALL = 100_000;

    private static JsonNode reference(String name) {
        try (InputStream json = MetricsTest.class.getResourceAsStream("/reference/metrics.json")) {
            return new JsonMapper().readTree(json).get(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<JsonNode> binary() {
        return reference("binary").valueStream().toList().stream();
    }

    static Stream<JsonNode> classes() {
        return reference("classes").valueStream().toList().stream();
    }

    private static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    private static Ranking ranking(JsonNode expected) {
        var ranking = new Ranking();
        double[] scores = numbers(expected.get("scores"));
        for (int i = 0; i < scores.length; i++) {
            ranking.add(scores[i], expected.get("labels").get(i).intValue() == 1);
        }
        return ranking;
    }

    /// Our curve leaves points in the middle of straight lines out: those that stay are scikit-learn's, in its order,
    /// and
    /// those that go lie between their neighbours.
    @ParameterizedTest
    @MethodSource("binary")
    void operatingCharacteristicIsScikitLearns(JsonNode expected) {
        Ranking.Curve curve = ranking(expected).receiverOperatingCharacteristic(ALL);
        assertThat(curve.area()).isCloseTo(expected.get("rocArea").doubleValue(), within(TOLERANCE));
        assertThat(curve.sampled()).isFalse();
        assertThat(curve.thresholds()[0]).isInfinite();
        assertThat(curve.x()[0] + curve.y()[0]).isZero();
        double[] thresholds = numbers(expected.get("rocThresholds"));
        double[] x = numbers(expected.get("falsePositiveRate"));
        double[] y = numbers(expected.get("truePositiveRate"));
        int next = 1;
        for (int i = 0; i < thresholds.length; i++) {
            if (thresholds[i] == curve.thresholds()[next]) {
                assertThat(x[i]).isCloseTo(curve.x()[next], within(1e-15));
                assertThat(y[i]).isCloseTo(curve.y()[next], within(1e-15));
                next++;
            } else {
                double across = (curve.x()[next] - curve.x()[next - 1]) * (y[i] - curve.y()[next - 1])
                        - (curve.y()[next] - curve.y()[next - 1]) * (x[i] - curve.x()[next - 1]);
                assertThat(across).isCloseTo(0, within(1e-15));
            }
        }
        assertThat(next).isEqualTo(curve.x().length);
        assertThat(x[x.length - 1] + y[y.length - 1]).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void precisionOverRecallIsScikitLearns(JsonNode expected) {
        Ranking.Curve curve = ranking(expected).precisionRecall(ALL);
        assertThat(curve.area()).isCloseTo(expected.get("averagePrecision").doubleValue(), within(TOLERANCE));
        assertThat(curve.thresholds()).containsExactly(numbers(expected.get("levels")));
        assertThat(curve.x()).containsExactly(numbers(expected.get("recall")), within(1e-15));
        assertThat(curve.y()).containsExactly(numbers(expected.get("precision")), within(1e-15));
    }

    @Test
    void thinnedCurveKeepsItsEndsAndItsArea() {
        JsonNode expected = binary().findFirst().orElseThrow();
        Ranking.Curve all = ranking(expected).receiverOperatingCharacteristic(ALL);
        Ranking.Curve few = ranking(expected).receiverOperatingCharacteristic(10);
        assertThat(few.sampled()).isTrue();
        assertThat(few.x()).hasSize(10).startsWith(0).endsWith(1);
        assertThat(few.area()).isEqualTo(all.area());
    }

    @Test
    void oneClassHasNoCurve() {
        var ranking = new Ranking();
        ranking.add(0.5, true);
        assertThat(ranking.receiverOperatingCharacteristic(ALL)).isNull();
        assertThat(ranking.precisionRecall(ALL)).isNull();
    }

    @ParameterizedTest
    @MethodSource("binary")
    void reliabilityIsCountedInTenBins(JsonNode expected) {
        var reliability = new Reliability();
        double[] scores = numbers(expected.get("scores"));
        for (int i = 0; i < scores.length; i++) {
            reliability.add(scores[i], expected.get("labels").get(i).intValue() == 1);
        }
        assertThat(reliability.expectedError())
                .isCloseTo(expected.get("calibrationError").doubleValue(), within(TOLERANCE));
        List<JsonNode> bins = expected.get("bins").valueStream().toList();
        assertThat(reliability.bins()).hasSameSizeAs(bins);
        for (int i = 0; i < bins.size(); i++) {
            Reliability.Bin bin = reliability.bins().get(i);
            assertThat(bin.from()).isCloseTo(bins.get(i).get("from").doubleValue(), within(1e-15));
            assertThat(bin.rows()).isEqualTo(bins.get(i).get("rows").longValue());
            assertThat(bin.meanProbability())
                    .isCloseTo(bins.get(i).get("meanProbability").doubleValue(), within(TOLERANCE));
            assertThat(bin.shareTrue()).isCloseTo(bins.get(i).get("shareTrue").doubleValue(), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void confusionsAreScikitLearns(JsonNode expected) {
        double[] actual = numbers(expected.get("actual"));
        double[] predicted = numbers(expected.get("predicted"));
        int count = expected.get("confusions").size();
        var confusions = new Confusions(count);
        for (int i = 0; i < actual.length; i++) {
            confusions.add((int) actual[i], (int) predicted[i]);
        }
        assertThat(new JsonMapper().<JsonNode>valueToTree(confusions.counts()).toString())
                .isEqualTo(expected.get("confusions").toString());
        assertThat(confusions.accuracy()).isEqualTo(expected.get("accuracy").doubleValue());
        for (int i = 0; i < count; i++) {
            long support = expected.get("support").get(i).longValue();
            assertThat(confusions.support(i)).isEqualTo(support);
            assertShare(confusions.precision(i), expected.get("precision").get(i), confusions.predicted(i));
            assertShare(confusions.recall(i), expected.get("recall").get(i), support);
            assertShare(confusions.f1(i), expected.get("f1").get(i), support + confusions.predicted(i));
        }
    }

    /// Where scikit-learn was told to say 0, a share of nothing is null here.
    private static void assertShare(Double found, JsonNode expected, long of) {
        if (of == 0) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isCloseTo(expected.doubleValue(), within(1e-15));
        }
    }

    @Test
    void nothingSeenIsNull() {
        var confusions = new Confusions(2);
        assertThat(confusions.accuracy()).isNull();
        assertThat(confusions.f1(1)).isNull();
    }

    @Test
    void residualsAreScikitLearns() {
        JsonNode expected = reference("regression");
        double[] wanted = numbers(expected.get("wanted"));
        double[] found = numbers(expected.get("found"));
        var residuals = new Residuals();
        for (int i = 0; i < wanted.length; i++) {
            residuals.add(wanted[i], found[i]);
        }
        assertRatio(residuals.r2(), expected.get("r2"));
        assertRatio(residuals.meanAbsoluteError(), expected.get("meanAbsoluteError"));
        assertRatio(residuals.meanSquaredError(), expected.get("meanSquaredError"));
        assertRatio(residuals.rootMeanSquaredError(), expected.get("rootMeanSquaredError"));
    }

    private static void assertRatio(double found, JsonNode expected) {
        assertThat(found / expected.doubleValue()).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void wantedNumberThatNeverVariesHasNoR2() {
        var residuals = new Residuals();
        IntStream.range(0, 3).forEach(i -> residuals.add(5, i));
        assertThat(residuals.r2()).isNull();
    }
}
