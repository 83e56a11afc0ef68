package dev.descent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Batches, weights and losses that do not fit a network of 2 inputs, 3 hidden units and 2 outputs.
@BootedService
class BadPassesTest {

    private static final String NETWORKS = "/api/v1/networks";
    private static final String ROWS = "[[1,2],[3,4]]";
    private static final String CLASSES = "[[1,0],[0,1]]";

    private final Client client;

    BadPassesTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    static List<Arguments> passes() {
        String fit =
                "[{\"weights\":[[1,2],[3,4],[5,6]],\"biases\":[1,2,3]},{\"weights\":[[1,2,3],[4,5,6]],\"biases\":[1,2]}]";
        return List.of(
                refused(gradients("\"seed\":1", "[[1,2,3],[3,4]]", CLASSES, "squaredError"), "shape /inputs/0"),
                refused(gradients("\"seed\":1", "[[1,2],[]]", CLASSES, "squaredError"), "shape /inputs/1"),
                refused(gradients("\"seed\":1", "[]", "[]", "squaredError"), "no-rows /inputs"),
                refused(gradients("\"seed\":1", ROWS, "[[1,0]]", "squaredError"), "shape /targets"),
                refused(gradients("\"seed\":1", ROWS, "[[1,0],[1]]", "squaredError"), "shape /targets/1"),
                refused(gradients("\"seed\":1", "[[1,2],[3,null]]", CLASSES, "squaredError"), "required /inputs/1/1"),
                refused(
                        gradients("\"seed\":1", "[[1,2],[3,1e400]]", CLASSES, "squaredError"),
                        "non-finite /inputs/1/1"),
                refused(
                        gradients("\"seed\":1", "[[1,2],[3,\"NaN\"]]", CLASSES, "squaredError"),
                        "non-finite /inputs/1/1"),
                malformed(
                        gradients("\"seed\":1", "[[1,2],[3,\"4\"]]", CLASSES, "squaredError"),
                        "wrong-type /inputs/1/1"),
                malformed(
                        gradients("\"seed\":1", "[1,2]", CLASSES, "squaredError"),
                        "wrong-type /inputs/0, wrong-type /inputs/1"),
                refused(
                        gradients("\"seed\":1", ROWS, "[[1,0],[2,0]]", "binaryCrossEntropy"),
                        "target-range /targets/1/0"),
                refused(
                        gradients("\"seed\":1", ROWS, "[[1,0],[0.5,0]]", "softmaxCrossEntropy"),
                        "target-sum /targets/1"),
                refused(gradients("\"seed\":1", ROWS, CLASSES, "hinge"), "unknown-variant /loss"),
                refused(gradients("\"seed\":-1", ROWS, CLASSES, "squaredError"), "out-of-range /seed"),
                refused(gradients("\"seed\":9007199254740992", ROWS, CLASSES, "squaredError"), "out-of-range /seed"),
                malformed(gradients("\"seed\":1.5", ROWS, CLASSES, "squaredError"), "wrong-type /seed"),
                malformed(gradients("\"seed\":\"abc\"", ROWS, CLASSES, "squaredError"), "wrong-type /seed"),
                refused(gradients("\"seed\":null", ROWS, CLASSES, "squaredError"), "required /weights"),
                refused(gradients("\"seed\":1,\"weights\":" + fit, ROWS, CLASSES, "squaredError"), "one-of-two /seed"),
                refused(gradients("\"weights\":[]", ROWS, CLASSES, "squaredError"), "shape /weights"),
                refused(
                        gradients("\"weights\":" + fit.replace("[5,6]", "[5]"), ROWS, CLASSES, "squaredError"),
                        "shape /weights/0/weights/2"),
                refused(
                        gradients(
                                "\"weights\":" + fit.replace("\"biases\":[1,2]}", "\"biases\":null}"),
                                ROWS,
                                CLASSES,
                                "squaredError"),
                        "shape /weights/1/biases"),
                refused(
                        gradients("\"weights\":" + fit.replace("[1,2,3]}", "[1,2]}"), ROWS, CLASSES, "squaredError"),
                        "shape /weights/0/biases"));
    }

    @ParameterizedTest
    @MethodSource("passes")
    void batchThatDoesNotFitIsRefusedAtItsPlace(String body, int status, String problem, String errors) {
        Answer answer = client.post(network("tanh", "identity") + "/gradients", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.errors()).as(answer.body()).isEqualTo(errors);
    }

    @Test
    void shapesAreNamedWithBothNumbers() {
        Answer answer =
                client.post(network("tanh", "identity") + "/forward", "{\"seed\":1,\"inputs\":[[1,2],[1,2,3,4,5]]}");
        assertThat(answer.errors()).isEqualTo("shape /inputs/1");
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo("the row has 5 values, the network has 2 inputs");
    }

    @ParameterizedTest
    @CsvSource({
        "relu, binaryCrossEntropy",
        "sigmoid, binaryCrossEntropy",
        "sigmoid, softmaxCrossEntropy",
        "tanh, softmaxCrossEntropy",
        "softmax, softmaxCrossEntropy"
    })
    void crossEntropyNeedsRawOutput(String output, String loss) {
        Answer answer =
                client.post(network("relu", output) + "/gradients", gradients("\"seed\":1", ROWS, CLASSES, loss));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("validation-failed");
        assertThat(answer.errors()).isEqualTo("loss-activation-mismatch /loss");
    }

    @Test
    void softmaxWithSquaredErrorIsAllowed() {
        String body = gradients("\"seed\":1", ROWS, CLASSES, "squaredError");
        assertThat(client.post(network("relu", "softmax") + "/gradients", body).status())
                .isEqualTo(200);
    }

    @Test
    void rowsBeyondTheLimitAreTooMany() {
        String rows = "[0,0]" + ",[0,0]".repeat(Batch.MAXIMUM_ROWS);
        Answer answer = client.post(network("relu", "identity") + "/forward", "{\"seed\":1,\"inputs\":[" + rows + "]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertThat(answer.json().get("detail").stringValue()).contains("10001", "10000");
    }

    @Test
    void answerBeyondTheLimitIsRefusedBeforeItIsComputed() {
        String network = create(
                "{\"inputs\":1,\"layers\":[{\"type\":\"dense\",\"units\":1000},{\"type\":\"dense\",\"units\":1}]}");
        String rows = "[0]" + ",[0]".repeat(999);
        Answer answer = client.post(network + "/forward", "{\"seed\":1,\"inputs\":[" + rows + "]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo("answer-too-large /inputs");
        assertThat(answer.json().get("detail").stringValue()).contains("2005001", "1000000");
    }

    @Test
    void largeNetworkIsNotAnswered() {
        String network = create("{\"inputs\":7000,\"layers\":[{\"type\":\"dense\",\"units\":7000}]}");
        Answer answer = client.post(network + "/forward", "{\"seed\":1,\"inputs\":[[" + "0,".repeat(6999) + "0]]}");
        assertThat(answer.errors()).isEqualTo("answer-too-large /inputs");
    }

    @Test
    void checkBeyondTheLimitIsRefusedBeforeItIsComputed() {
        String network = create(
                "{\"inputs\":40,\"layers\":[{\"type\":\"dense\",\"units\":100},{\"type\":\"dense\",\"units\":1}]}");
        String rows = ("[" + "0,".repeat(39) + "0]") + (",[" + "0,".repeat(39) + "0]").repeat(99);
        String targets = "[0]" + ",[0]".repeat(99);
        Answer answer = client.post(
                network + "/gradients",
                "{\"seed\":1,\"inputs\":[" + rows + "],\"targets\":[" + targets
                        + "],\"loss\":\"squaredError\",\"check\":true}");
        assertThat(answer.errors()).as(answer.body()).isEqualTo("check-too-long /check");
        assertThat(answer.json().get("detail").stringValue()).contains("4201 parameters", "1000000000");
    }

    private String network(String hidden, String output) {
        return create("""
                {"inputs":2,"layers":[{"type":"dense","units":3,"activation":"%s"},{"type":"dense","units":2,"activation":"%s"}]}""".formatted(hidden, output));
    }

    private String create(String network) {
        Answer created = client.post(NETWORKS, network);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.header("Location");
    }

    private static String gradients(String start, String inputs, String targets, String loss) {
        return "{" + start + ",\"inputs\":" + inputs + ",\"targets\":" + targets + ",\"loss\":\"" + loss + "\"}";
    }

    private static Arguments refused(String body, String errors) {
        return Arguments.of(body, 422, "validation-failed", errors);
    }

    private static Arguments malformed(String body, String errors) {
        return Arguments.of(body, 400, "malformed-request", errors);
    }
}
