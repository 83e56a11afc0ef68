package dev.descent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonRefusalsTest extends WebTest {

    private static final String MALFORMED = "malformed-request";
    private static final String REFUSED = "validation-failed";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void networkIsRefused(String body, int status, String kind, String pointer, String code) throws Exception {
        hasError(problem(postJson("/echo/networks", body), status, kind), pointer, code);
    }

    static Stream<Arguments> networkIsRefused() {
        return Stream.of(
                malformed("", "", "required"),
                malformed("null", "", "required"),
                malformed("[]", "", "wrong-type"),
                malformed("\"x\"", "", "wrong-type"),
                malformed("5", "", "wrong-type"),
                refused(layer("'units': 1, 'unit': 4"), "/layers/1/unit", "unknown-property"),
                refused("{'inputs': 2, 'layers': []}", "/layers", "out-of-range"),
                refused(
                        "{'inputs': 2, 'layers': [%s]}"
                                .formatted(String.join(",", java.util.Collections.nCopies(10_000, dense()))),
                        "/layers",
                        "out-of-range"),
                refused(layer("'units': 0"), "/layers/1/units", "out-of-range"),
                refused(layer("'units': -1"), "/layers/1/units", "out-of-range"),
                malformed(layer("'units': 1.5"), "/layers/1/units", "wrong-type"),
                malformed(layer("'units': '64'"), "/layers/1/units", "wrong-type"),
                malformed(layer("'units': true"), "/layers/1/units", "wrong-type"),
                malformed(layer("'units': null"), "/layers/1/units", "wrong-type"),
                malformed(layer("'units': 2147483648"), "/layers/1/units", "out-of-range"),
                malformed(layer("'units': 9223372036854775808"), "/layers/1/units", "out-of-range"),
                malformed(layer("'units': " + "1".repeat(10_000)), "/layers/1/units", "out-of-range"),
                malformed(layer("'units': 1e1000000000"), "/layers/1/units", "out-of-range"),
                refused(layer("'units': 1000000000"), "/layers/1", "network-too-large"),
                refused(layer("'units': 1, 'activation': 'rlu'"), "/layers/1/activation", "unknown-variant"),
                refused(layer("'units': 1, 'activation': ' ReLU '"), "/layers/1/activation", "unknown-variant"),
                refused(layer("'units': 1, 'activation': ''"), "/layers/1/activation", "unknown-variant"),
                refused(layer("'units': 1, 'activation': null"), "/layers/1/activation", "required"),
                malformed("{'inputs': 2, 'inputs': 3, 'layers': []}", "/inputs", "duplicate-key"),
                malformed(layer("'units': 1, 'units': 1"), "/layers/1/units", "duplicate-key"),
                malformed("[".repeat(100_000), "/0".repeat(32), "nesting"),
                malformed("{'a':".repeat(100_000), "/a".repeat(32), "nesting"),
                malformed("{'inputs': 2 /* two */}", "/inputs", "syntax"),
                malformed("{'inputs': 2,}", "/inputs", "syntax"),
                Arguments.of("{'inputs': 2}", 400, MALFORMED, "", "syntax"),
                malformed("{'inputs': NaN}", "/inputs", "syntax"),
                malformed("{'inputs': 01}", "/inputs", "syntax"),
                malformed("{'inputs': +1}", "/inputs", "syntax"),
                malformed("{'inputs': .5}", "/inputs", "syntax"),
                malformed("{'inputs': tru}", "/inputs", "syntax"),
                malformed("{'inputs': ", "/inputs", "syntax"),
                malformed("hello", "", "syntax"),
                malformed("{} {}", "", "trailing-content"),
                malformed("{'inputs': 2, 'layers': [%s]} {}".formatted(dense()), "", "trailing-content"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void valueIsRefused(String body, int status, String kind, String pointer, String code) throws Exception {
        hasError(problem(postJson("/echo/named", body), status, kind), pointer, code);
    }

    static Stream<Arguments> valueIsRefused() {
        return Stream.of(
                malformed("{'name': 5, 'values': []}", "/name", "wrong-type"),
                malformed("{'name': ['n'], 'values': []}", "/name", "wrong-type"),
                malformed("{'name': 'a\\ud800', 'values': []}", "/name", "lone-surrogate"),
                malformed("{'name': 'a\\u0000', 'values': []}", "/name", "nul-character"),
                malformed("{'name': '" + "a".repeat(70_000) + "', 'values': []}", "/name", "text-too-long"),
                malformed("{'" + "a".repeat(2_000) + "': 1}", "", "name-too-long"),
                refused("{'name': null, 'values': []}", "/name", "required"),
                refused("{'values': []}", "/name", "required"),
                refused("{'name': 'n', 'values': [0, 1e400]}", "/values/1", "non-finite"),
                refused("{'name': 'n', 'values': [0, 'NaN']}", "/values/1", "non-finite"),
                malformed("{'name': 'n', 'values': [0, '1']}", "/values/1", "wrong-type"),
                malformed("{'name': 'n', 'values': [0, [1]]}", "/values/1", "wrong-type"),
                refused("{'name': 'n', 'values': [0, null]}", "/values/1", "required"));
    }

    @Test
    void syntaxErrorsNameLineAndColumn() throws Exception {
        JsonNode error = problem(postJson("/echo/networks", "{\"inputs\": 2,\n \"layers\": [}"), 400, MALFORMED)
                .get("errors")
                .get(0);

        assertThat(error.get("line").intValue()).isEqualTo(2);
        assertThat(error.get("column").intValue()).isEqualTo(13);
    }

    @Test
    void unknownVariantListsWhatIsAllowed() throws Exception {
        JsonNode error = problem(
                        postJson("/echo/networks", json(layer("'units': 1, 'activation': 'rlu'"))), 422, REFUSED)
                .get("errors")
                .get(0);

        assertThat(error.get("allowed").valueStream().map(JsonNode::stringValue))
                .contains("relu", "tanh");
        assertThat(error.get("value").stringValue()).isEqualTo("rlu");
        assertThat(error.get("message").stringValue()).contains("did you mean relu?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE", "ISO-8859-1"})
    void bodyInAnotherEncodingIsRefused(String charset) throws Exception {
        byte[] body = "{\"name\": \"é\", \"values\": []}".getBytes(Charset.forName(charset));

        hasError(problem(post("/echo/named", "application/json", body), 400, MALFORMED), "", "encoding");
    }

    @Test
    void byteOrderMarkIsRefused() throws Exception {
        byte[] body = "\ufeff{}".getBytes(StandardCharsets.UTF_8);

        hasError(problem(post("/echo/named", "application/json", body), 400, MALFORMED), "", "encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/yaml",
                "application/cbor",
                "application/json;charset=utf-7",
                "application/json;charset=utf-16",
                "nonsense"
            })
    void otherContentTypesAreRefused(String contentType) throws Exception {
        problem(
                post("/echo/networks", contentType, "{}".getBytes(StandardCharsets.UTF_8)),
                415,
                "unsupported-media-type");
    }

    @Test
    void bodyWithoutContentTypeIsRefused() throws Exception {
        var response = send(request("/echo/networks").POST(HttpRequest.BodyPublishers.ofString("{}")));

        problem(response, 415, "unsupported-media-type");
    }

    @Test
    void bodyPastTheLimitIsRefused() throws Exception {
        byte[] body = new byte[(1 << 20) + 1];
        Arrays.fill(body, (byte) ' ');

        problem(post("/echo/networks", "application/json", body), 413, "too-large");
    }

    @Test
    void chunkedBodyPastTheLimitIsRefused() throws Exception {
        byte[] body = new byte[(1 << 20) + 1];
        Arrays.fill(body, (byte) ' ');
        var response = send(request("/echo/networks")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));

        problem(response, 413, "too-large");
    }

    @Test
    void bodyWithinTheLimitIsTaken() throws Exception {
        String spaces = " ".repeat((1 << 20) - 200);

        var response = postJson("/echo/networks", json("{'inputs': 2, 'layers': [%s]}".formatted(dense())) + spaces);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"weightInitializer\":\"glorotUniform\"");
    }

    private static String dense() {
        return "{'type': 'dense', 'units': 2}";
    }

    private static String layer(String components) {
        return "{'inputs': 2, 'layers': [%s, {'type': 'dense', %s}]}".formatted(dense(), components);
    }

    private static Arguments malformed(String body, String pointer, String code) {
        return Arguments.of(json(body), 400, MALFORMED, pointer, code);
    }

    private static Arguments refused(String body, String pointer, String code) {
        return Arguments.of(json(body), 422, REFUSED, pointer, code);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
