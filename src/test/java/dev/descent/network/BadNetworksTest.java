package dev.descent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What is refused, with which status, kind, code and pointer.
@BootedService
class BadNetworksTest {

    private static final String NETWORKS = "/api/v1/networks";
    private static final String MALFORMED = "malformed-request";
    private static final String INVALID = "validation-failed";

    private final Client client;

    BadNetworksTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "5"})
    void bodyThatIsNoNetworkIsMalformed(String body) {
        Answer answer = client.post(NETWORKS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(MALFORMED);
    }

    static List<Arguments> networks() {
        return List.of(
                refused(
                        "{\"inputs\":2,\"layers\":[{\"type\":\"dense\",\"units\":1,\"unit\":1}]}",
                        "unknown-property /layers/0/unit"),
                refused("{\"inputs\":2,\"layers\":[],\"depth\":1}", "unknown-property /depth"),
                refused("{\"inputs\":2,\"layers\":[]}", "out-of-range /layers"),
                refused("{\"inputs\":2}", "required /layers"),
                refused("{\"inputs\":2,\"layers\":[" + dense(101) + "]}", "out-of-range /layers"),
                refused("{\"inputs\":0,\"layers\":[" + dense(1) + "]}", "out-of-range /inputs"),
                refused(units("1000000000"), "network-too-large /layers/1"),
                refused(
                        "{\"inputs\":65536,\"layers\":[{\"type\":\"dense\",\"units\":65536}]}",
                        "network-too-large /layers/0"),
                refused(units("0"), "out-of-range /layers/1/units"),
                refused(units("-1"), "out-of-range /layers/1/units"),
                malformed(units("1.5"), "wrong-type /layers/1/units"),
                malformed(units("\"64\""), "wrong-type /layers/1/units"),
                malformed(units("true"), "wrong-type /layers/1/units"),
                malformed(units("null"), "wrong-type /layers/1/units"),
                malformed(units("1e1"), "wrong-type /layers/1/units"),
                malformed(units("2147483648"), "out-of-range /layers/1/units"),
                malformed(units("9223372036854775808"), "out-of-range /layers/1/units"),
                refused(activation("\"rlu\""), "unknown-variant /layers/0/activation"),
                refused(activation("\" ReLU \""), "unknown-variant /layers/0/activation"),
                refused(activation("\"\""), "unknown-variant /layers/0/activation"),
                refused(activation("null"), "required /layers/0/activation"),
                refused(activation("\"softmax\""), "softmax-position /layers/0/activation"),
                refused(
                        "{\"inputs\":2,\"layers\":[{\"type\":\"dense\",\"units\":1,\"activation\":\"softmax\"}]}",
                        "softmax-size /layers/0/activation"),
                refused(layer("{\"type\":\"dropout\",\"rate\":1.0}"), "out-of-range /layers/0/rate"),
                refused(layer("{\"type\":\"convolution\"}"), "unknown-variant /layers/0/type"),
                refused(layer("{\"units\":4}"), "required /layers/0/type"),
                refused(initializer("\"xavier\""), "unknown-variant /layers/0/weightInitializer"),
                refused(
                        initializer("{\"type\":\"normal\",\"standardDeviation\":-1}"),
                        "out-of-range /layers/0/weightInitializer/standardDeviation"),
                refused(
                        initializer("{\"type\":\"normal\",\"mean\":1e400}"),
                        "non-finite /layers/0/weightInitializer/mean"),
                refused(name("\"\""), "blank /name"),
                refused(name("\"  \""), "blank /name"),
                refused(name("\"" + "n".repeat(10_240) + "\""), "too-long /name"),
                refused(name("\"a\\u0007b\""), "control-character /name"),
                refused(name("\"a\\nb\""), "control-character /name"),
                malformed(name("5"), "wrong-type /name"),
                malformed("{\"inputs\":2,\"inputs\":3,\"layers\":[" + dense(1) + "]}", "duplicate-key /inputs"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void networkThatCannotBeIsRefusedAtItsPlace(String body, int status, String problem, String errors) {
        Answer answer = client.post(NETWORKS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.errors()).as(answer.body()).isEqualTo(errors);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void tenThousandDigitsAreMalformed() {
        Answer answer = client.post(NETWORKS, units("1".repeat(10_000)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(MALFORMED);
    }

    @Test
    void secondDocumentIsMalformed() {
        Answer answer = client.post(NETWORKS, units("1") + " {}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(MALFORMED);
    }

    @Test
    void misspeltPropertyIsAnsweredWithTheOneThatWasMeant() {
        Answer answer = client.post(NETWORKS, layer("{\"type\":\"dense\",\"unit\":4}"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("did you mean units?");
        assertThat(answer.errors()).isEqualTo("unknown-property /layers/0/unit, required /layers/0/units");
    }

    @Test
    void tooLargeNetworkSaysHowLarge() {
        Answer answer = client.post(NETWORKS, units("1000000000"));
        assertThat(answer.json().get("detail").stringValue()).contains("5000000012", "50000000");
    }

    @Test
    void unknownActivationIsAnsweredWithAllThereAre() {
        Answer answer = client.post(NETWORKS, activation("\"rlu\""));
        assertThat(answer.json().get("errors").get(0).get("allowed").toString())
                .isEqualTo(
                        "[\"identity\",\"relu\",\"leakyRelu\",\"relu6\",\"elu\",\"selu\",\"sigmoid\",\"hardSigmoid\","
                                + "\"tanh\",\"softplus\",\"softsign\",\"gelu\",\"geluTanh\",\"swish\",\"mish\",\"sine\","
                                + "\"polynomial\",\"softmax\"]");
    }

    @Test
    void activationMayBeWrittenInAnyCase() {
        assertThat(client.post(NETWORKS, activation("\"ReLU\"")).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"abc", "net_00000000000000000000000000", "1%27%20OR%20%271%27%3D%271", "%F0%9F%98%80"})
    void unknownIdIsNotFound(String id) {
        Answer answer = client.get(NETWORKS + "/" + id);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    void deletedNetworkIsGone() {
        String path = client.post(NETWORKS, NetworkExamples.PARABOLA).header("Location");
        Answer deleted = client.delete(path);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
        assertThat(client.get(path + "/analysis").problem()).isEqualTo("not-found");
        assertThat(client.post(path + "/forward", NetworkExamples.FORWARD).status())
                .isEqualTo(404);
    }

    @Test
    void impossiblePageIsRefused() {
        Answer refused = client.get(NETWORKS + "?limit=501");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.errors()).isEqualTo("out-of-range ?limit");
    }

    private static Arguments refused(String body, String errors) {
        return Arguments.of(body, 422, INVALID, errors);
    }

    private static Arguments malformed(String body, String errors) {
        return Arguments.of(body, 400, MALFORMED, errors);
    }

    private static String dense(int layers) {
        return String.join(",", Collections.nCopies(layers, "{\"type\":\"dense\",\"units\":1}"));
    }

    private static String units(String units) {
        return "{\"inputs\":2,\"layers\":[{\"type\":\"dense\",\"units\":4},{\"type\":\"dense\",\"units\":" + units
                + "}]}";
    }

    private static String layer(String layer) {
        return "{\"inputs\":2,\"layers\":[" + layer + "," + dense(1) + "]}";
    }

    private static String activation(String activation) {
        return layer("{\"type\":\"dense\",\"units\":4,\"activation\":" + activation + "}");
    }

    private static String initializer(String initializer) {
        return layer("{\"type\":\"dense\",\"units\":4,\"weightInitializer\":" + initializer + "}");
    }

    private static String name(String name) {
        return "{\"name\":" + name + ",\"inputs\":2,\"layers\":[" + dense(1) + "]}";
    }
}
