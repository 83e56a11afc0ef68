package dev.descent.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.Default;
import dev.descent.core.data.Scaling;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.fault.Violation;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReadingTest {

    record Order(
            String name,
            NetworkSpec network,
            @Default("mean") Reduction reduction,
            @Nullable Optimizer optimizer,
            @Default("float64") Precision precision,
            @Default("[1, 2]") List<Integer> steps,
            @Default("7") String note,
            @Nullable List<@Nullable Double> gaps,
            @Nullable Map<String, Double> shares,
            @Nullable Instant at,
            double @Nullable [][] rows,
            @Default("0") long seed) {}

    private static final String NETWORK = """
            {"inputs": 2, "layers": [{"type": "dense", "units": 1}]}""";

    @Test
    void absentComponentsTakeTheirDefaultsOrNull() {
        Order order = read("""
                {"name": "n", "network": %s}""".formatted(NETWORK));

        assertThat(order.reduction()).isEqualTo(Reduction.MEAN);
        assertThat(order.optimizer()).isNull();
        assertThat(order.precision()).isEqualTo(Precision.FLOAT64);
        assertThat(order.steps()).containsExactly(1, 2);
        assertThat(order.note()).isEqualTo("7");
        assertThat(order.network().layers())
                .containsExactly(new LayerSpec.Dense(
                        1, new Activation.Identity(), true, new Initializer.GlorotUniform(), new Initializer.Zeros()));
    }

    @Test
    void everythingGivenIsTaken() {
        Order order = read("""
                {"name": "n", "network": %s, "reduction": "SUM", "optimizer": {"learningRate": 1, "type": "ADAM"},
                 "precision": "float32", "steps": [], "gaps": [null, 0.5], "shares": {"a/b": 5e-324},
                 "at": "2026-11-21T00:00:00Z", "rows": [[1, -0.0], []], "seed": 9007199254740991}""".formatted(NETWORK));

        assertThat(order.reduction()).isEqualTo(Reduction.SUM);
        assertThat(order.optimizer()).isEqualTo(new Optimizer.Adam(1, 0.9, 0.999, 1e-8, 0));
        assertThat(order.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(order.gaps()).containsExactly(null, 0.5);
        assertThat(order.shares()).containsExactly(Map.entry("a/b", Double.MIN_VALUE));
        assertThat(order.at()).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(order.rows()).isDeepEqualTo(new double[][] {{1, -0.0}, {}});
        assertThat(order.seed()).isEqualTo(9007199254740991L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                             | malformed |                 | wrong-type",
                "`\"x\"`                                        | malformed |                 | wrong-type",
                "5                                              | malformed |                 | wrong-type",
                "{'network': N}                                 | refused   | /name           | required",
                "{'name': null, 'network': N}                   | refused   | /name           | required",
                "{'name': 5, 'network': N}                      | malformed | /name           | wrong-type",
                "{'name': ['n'], 'network': N}                  | malformed | /name           | wrong-type",
                "{'name': 'n', 'network': N, 'sed': 1}          | refused   | /sed            | unknown-property",
                "{'name': 'n', 'network': N, 'a/b~': 1}         | refused   | /a~1b~0         | unknown-property",
                "{'name': 'n', 'network': N, 'seed': 1.5}       | malformed | /seed           | wrong-type",
                "{'name': 'n', 'network': N, 'seed': 1.0}       | malformed | /seed           | wrong-type",
                "{'name': 'n', 'network': N, 'seed': '1'}       | malformed | /seed           | wrong-type",
                "{'name': 'n', 'network': N, 'seed': ''}        | malformed | /seed           | wrong-type",
                "{'name': 'n', 'network': N, 'seed': true}      | malformed | /seed           | wrong-type",
                "{'name': 'n', 'network': N, 'seed': null}      | malformed | /seed           | wrong-type",
                "{'name': 'n', 'network': N, 'seed': 9223372036854775808} | malformed | /seed | out-of-range",
                "{'name': 'n', 'network': N, 'seed': 1e9999999} | malformed | /seed           | out-of-range",
                "{'name': 'n', 'network': N, 'reduction': 'x'}  | refused   | /reduction      | unknown-value",
                "{'name': 'n', 'network': N, 'reduction': null} | refused   | /reduction      | required",
                "{'name': 'n', 'network': N, 'reduction': 0}    | malformed | /reduction      | wrong-type",
                "{'name': 'n', 'network': N, 'steps': [1, null]}| refused   | /steps/1        | required",
                "{'name': 'n', 'network': N, 'steps': {}}       | malformed | /steps          | wrong-type",
                "{'name': 'n', 'network': N, 'rows': [[1],[2,'x']]}   | malformed | /rows/1/1 | wrong-type",
                "{'name': 'n', 'network': N, 'rows': [[1],[2,null]]}  | refused   | /rows/1/1 | required",
                "{'name': 'n', 'network': N, 'rows': [[1],[2,'NaN']]} | refused   | /rows/1/1 | non-finite",
                "{'name': 'n', 'network': N, 'rows': [[1],[2,-1e400]]}| refused   | /rows/1/1 | non-finite",
                "{'name': 'n', 'network': N, 'shares': {'b': true}}   | malformed | /shares/b | wrong-type",
                "{'name': 'n', 'network': N, 'shares': {'a/b': 1e999}}| refused   | /shares/a~1b | non-finite",
                "{'name': 'n', 'network': N, 'at': 'noon'}      | malformed | /at             | wrong-type",
                "{'name': 'a\\u0000', 'network': N}             | malformed | /name           | nul-character",
                "{'name': 'a\\ud800b', 'network': N}            | malformed | /name           | lone-surrogate",
                "{'name': 'n', 'network': N, 'optimizer': 'sgd'}      | refused | /optimizer/learningRate | required",
                "{'name': 'n', 'network': N, 'optimizer': {}}         | refused | /optimizer/type | required",
                "{'name': 'n', 'network': N, 'optimizer': {'type': 1}}| malformed | /optimizer/type | wrong-type",
                "{'name': 'n', 'network': N, 'optimizer': {'type': 'sgd', 'learningRate': 0}}    | refused | /optimizer/learningRate | out-of-range",
                "{'name': 'n', 'network': N, 'optimizer': {'type': 'sgd', 'learningRate': 1, 'momentum': 0}} | refused | /optimizer/momentum | unknown-property",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': []}}      | refused   | /network/layers         | out-of-range",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [null]}}  | refused   | /network/layers/0       | required",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [U, {'type': 'dense', 'units': 1, 'unit': 4}]}}  | refused   | /network/layers/1/unit  | unknown-property",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [U, {'type': 'dense', 'units': 0}]}} | refused   | /network/layers/1/units | out-of-range",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [U, {'type': 'dense', 'units': 1.5}]}} | malformed | /network/layers/1/units | wrong-type",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [{'type': 'dense', 'units': 1, 'activation': 'rlu'}]}}  | refused | /network/layers/0/activation | unknown-variant",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [{'type': 'dense', 'units': 1, 'activation': ' relu'}]}}| refused | /network/layers/0/activation | unknown-variant",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [{'type': 'dense', 'units': 1, 'activation': ''}]}}     | refused | /network/layers/0/activation | unknown-variant",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [{'type': 'dense', 'units': 1, 'activation': null}]}}   | refused | /network/layers/0/activation | required",
                "{'name': 'n', 'network': {'inputs': 2, 'layers': [{'type': 'dense', 'units': 1, 'activation': {'type': 'rlu'}}]}} | refused | /network/layers/0/activation/type | unknown-variant",
            })
    void refusalNamesPlaceAndReason(String body, String kind, @Nullable String pointer, String code) {
        InvalidDocument invalid = refusal(body.replace('\'', '"')
                .replace("\"network\": N", "\"network\": " + NETWORK)
                .replace("U", "{\"type\": \"dense\", \"units\": 1}"));

        assertThat(invalid.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer == null ? "" : pointer);
            assertThat(violation.code()).isEqualTo(code);
        });
        assertThat(invalid.malformed()).isEqualTo(kind.equals("malformed"));
    }

    @Test
    void allComplaintsComeAtOnce() {
        InvalidDocument invalid = refusal("""
                {"nam": "n", "network": {"inputs": "2", "layers": [{"type": "dense", "units": 0, "bias": 1}, "x"]}}""");

        assertThat(invalid.violations())
                .extracting(Violation::pointer)
                .containsExactly("/nam", "/name", "/network/inputs", "/network/layers/0/bias", "/network/layers/1");
        assertThat(invalid.malformed()).isTrue();
    }

    @Test
    void twentyComplaintsAreEnough() {
        String rows = String.join(",", Collections.nCopies(1000, "[true, null]"));

        InvalidDocument invalid = refusal("""
                {"name": "n", "network": %s, "rows": [%s]}""".formatted(NETWORK, rows));

        assertThat(invalid.violations()).hasSize(20);
        assertThat(invalid.violations().getLast().pointer()).isEqualTo("/rows/9/1");
    }

    @Test
    void unknownNamesGetASuggestionAndTheList() {
        assertThat(refusal("""
                        {"name": "n", "netwrok": {}, "network": %s}""".formatted(NETWORK)).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.message()).contains("did you mean network?");
            assertThat(violation.allowed()).contains("name", "network", "seed");
        });
        assertThat(catchThrowableOfType(
                                InvalidDocument.class, () -> ServiceJson.MAPPER.readValue("\"rlu\"", Activation.class))
                        .violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.message()).contains("did you mean relu?");
                    assertThat(violation.allowed()).contains("identity", "relu", "softmax");
                    assertThat(violation.value()).isEqualTo("rlu");
                });
    }

    @Test
    void placesHoldWithinListsThatJacksonReads() {
        var invalid = catchThrowableOfType(
                InvalidDocument.class,
                () -> ServiceJson.MAPPER.readValue(
                        "[\"none\", \"standardise\"]", new tools.jackson.core.type.TypeReference<List<Scaling>>() {}));

        assertThat(invalid.violations()).extracting(Violation::pointer).containsExactly("/1");
    }

    @Test
    void numbersAreReadExactly() {
        var weights =
                ServiceJson.MAPPER.readValue("{\"weights\": [[0.1, 1e-310, 123456789012345678]]}", LayerWeights.class);

        assertThat(weights.weights()[0]).containsExactly(0.1, 1e-310, 123456789012345678.0);
        assertThat(weights.biases()).isNull();
        assertThat(ServiceJson.MAPPER.readValue("{\"type\":\"squaredError\"}", Loss.class))
                .isEqualTo(new Loss.SquaredError(Reduction.MEAN, 1.0));
    }

    private static Order read(String json) {
        return ServiceJson.MAPPER.readValue(json, Order.class);
    }

    private static InvalidDocument refusal(String json) {
        return catchThrowableOfType(InvalidDocument.class, () -> read(json));
    }
}
