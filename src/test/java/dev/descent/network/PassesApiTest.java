package dev.descent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class PassesApiTest {

    private static final String NETWORKS = "/api/v1/networks";

    /// PyTorch adds in another order: a few units in the last place.
    private static final double TOLERANCE = 1e-9;

    private static final JsonNode GOLDEN = Golden.read("network.json");

    private final Client client;

    PassesApiTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh", "sigmoid"})
    void everyNumberOfThePassIsPyTorchs(String activation) {
        JsonNode expected = GOLDEN.get(activation);
        Answer answer = client.post(golden(activation) + "/gradients", """
                {"weights": %s, "inputs": %s, "targets": [[1,0,0],[0,1,0],[0,0,1],[0,0,1],[0,1,0],[1,0,0]],
                 "loss": "softmaxCrossEntropy", "check": true}""".formatted(weights(), GOLDEN.get("X")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode pass = answer.json();
        Golden.assertClose(
                "loss", pass.get("loss").doubleValue(), expected.get("loss").doubleValue(), TOLERANCE, 0);
        JsonNode hidden = pass.get("layers").get(0);
        JsonNode output = pass.get("layers").get(1);
        close(hidden.get("input"), GOLDEN.get("X"));
        close(hidden.get("weights"), GOLDEN.get("W1"));
        close(hidden.get("preActivation"), expected.get("z"));
        close(hidden.get("activation"), expected.get("h"));
        close(hidden.get("delta"), expected.get("delta1"));
        close(hidden.get("weightGradient"), expected.get("dW1"));
        closeRow(hidden.get("biases"), GOLDEN.get("b1"));
        closeRow(hidden.get("biasGradient"), expected.get("db1"));
        close(hidden.get("inputGradient"), expected.get("dx"));
        close(pass.get("inputGradient"), expected.get("dx"));
        close(output.get("input"), expected.get("h"));
        close(output.get("preActivation"), expected.get("logits"));
        close(output.get("activation"), expected.get("logits"));
        close(output.get("delta"), expected.get("delta2"));
        close(output.get("weightGradient"), expected.get("dW2"));
        closeRow(output.get("biasGradient"), expected.get("db2"));
        assertThat(hidden.get("reason").isNull()).isTrue();
        assertThat(pass.get("check").get("largestRelativeError").doubleValue()).isBetween(0.0, 1e-7);
        Golden.assertClose(
                "numerical dW1",
                Golden.matrix(pass.get("check").get("numerical").get(0).get("weights")),
                Golden.matrix(expected.get("dW1")),
                1e-6,
                1e-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh", "sigmoid"})
    void forwardPassShowsEveryLayer(String activation) {
        JsonNode layers = client.post(
                        golden(activation) + "/forward",
                        "{\"weights\": " + weights() + ", \"inputs\": " + GOLDEN.get("X") + "}")
                .json()
                .get("layers");
        close(layers.get(0).get("preActivation"), GOLDEN.get(activation).get("z"));
        close(layers.get(0).get("activation"), GOLDEN.get(activation).get("h"));
        close(layers.get(1).get("activation"), GOLDEN.get(activation).get("logits"));
    }

    @Test
    void neuronOfTheLectureAnswersAsPrinted() {
        JsonNode neuron = Golden.read("small.json").get("neuron");
        String path = create("{\"inputs\":2,\"layers\":[{\"type\":\"dense\",\"units\":1,\"activation\":"
                + neuron.get("activation") + "}]}");
        for (JsonNode known : neuron.get("cases")) {
            JsonNode layer = client.post(
                            path + "/forward",
                            "{\"weights\":[{\"weights\":[%s],\"biases\":[%s]}],\"inputs\":[%s]}"
                                    .formatted(neuron.get("weights"), neuron.get("bias"), known.get("x")))
                    .json()
                    .get("layers")
                    .get(0);
            assertThat(layer.get("activation").get(0).get(0).doubleValue())
                    .isEqualTo(known.get("y").doubleValue());
        }
    }

    @Test
    void seedDrawsTheWeightsOfANotebook() {
        String path = create(NetworkExamples.PARABOLA);
        JsonNode weights = client.post(path + "/forward", NetworkExamples.FORWARD)
                .json()
                .get("layers")
                .get(0)
                .get("weights");
        // np.random.seed(10); np.random.randn(4, 2) / 2
        assertThat(weights.get(0).get(0).doubleValue()).isEqualTo(1.331586504129518 / 2);
        assertThat(weights.get(0).get(1).doubleValue()).isEqualTo(0.7152789743984055 / 2);
    }

    @Test
    void exampleOfTheDocumentRunsAsItStands() {
        JsonNode pass = client.post(create(NetworkExamples.PARABOLA) + "/gradients", NetworkExamples.GRADIENTS)
                .json();
        // rows (1, 3) and (1, -2): z = (3.5, 2.5, -2.5, -3.5) and (-1.5, -2.5, 2.5, 1.5), outputs 8.5 and 13.5
        assertThat(pass.get("loss").doubleValue()).isEqualTo((0.5 * 0.5 + 9.5 * 9.5) / 4);
        assertThat(pass.get("layers").get(1).get("delta").toString()).isEqualTo("[[-0.25],[4.75]]");
        assertThat(pass.get("layers").get(0).get("biases").isNull()).isTrue();
        assertThat(pass.get("check").get("largestRelativeError").doubleValue()).isLessThan(1e-8);
    }

    @Test
    void numbersBeyondTheLargestAreNullWithAReason() {
        String path = create("{\"inputs\":1,\"layers\":[{\"type\":\"dense\",\"units\":1,\"bias\":false}]}");
        JsonNode pass = client.post(
                        path + "/gradients",
                        "{\"weights\":[{\"weights\":[[1e200]]}],\"inputs\":[[1e200]],\"targets\":[[0]],"
                                + "\"loss\":\"squaredError\"}")
                .json();
        assertThat(pass.get("loss").isNull()).isTrue();
        assertThat(pass.get("reason").stringValue()).contains("finite");
        JsonNode layer = pass.get("layers").get(0);
        assertThat(layer.get("preActivation").toString()).isEqualTo("[[null]]");
        assertThat(layer.get("reason").stringValue()).contains("preActivation", "delta", "weightGradient");
        assertThat(layer.get("weights").get(0).get(0).doubleValue()).isEqualTo(1e200);
    }

    private String golden(String activation) {
        return create("""
                {"inputs": 4, "layers": [{"type": "dense", "units": 5, "activation": "%s"}, {"type": "dense", "units": 3}]}""".formatted(activation));
    }

    private String create(String network) {
        Answer created = client.post(NETWORKS, network);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.header("Location");
    }

    private static String weights() {
        return "[{\"weights\": %s, \"biases\": %s}, {\"weights\": %s, \"biases\": %s}]"
                .formatted(GOLDEN.get("W1"), GOLDEN.get("b1"), GOLDEN.get("W2"), GOLDEN.get("b2"));
    }

    private static void close(JsonNode found, JsonNode expected) {
        Golden.assertClose("matrix", Golden.matrix(found), Golden.matrix(expected), TOLERANCE, 0);
    }

    private static void closeRow(JsonNode found, JsonNode expected) {
        Golden.assertClose(
                "row", new double[][] {Golden.vector(found)}, new double[][] {Golden.vector(expected)}, TOLERANCE, 0);
    }
}
