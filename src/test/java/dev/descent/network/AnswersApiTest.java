package dev.descent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.mistake.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// The parabola's network of 2 inputs, 4 relus and 1 output, with two rows, as in the example.
@BootedService
class AnswersApiTest {

    private static final String RIGHT_W1 = "[[-0.25,-0.75],[-0.5,-1.5],[14.25,-28.5],[19.0,-38.0]]";
    private static final String RIGHT_W2 = "[[-0.875,-0.625,11.875,7.125]]";

    private final Client client;

    AnswersApiTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    @Test
    void exampleOfTheDocumentNamesTheMissingSlope() {
        JsonNode checked = post(NetworkExamples.ANSWERS);
        assertThat(checked.get("verdict").stringValue()).isEqualTo("wrong");
        assertThat(checked.get("summary").stringValue())
                .isEqualTo("1 of 4 arrays is wrong: a missing g'(z) in delta of layer 0");
        JsonNode mistake = checked.get("explanations").get(0).get(0);
        assertThat(mistake.get("name").stringValue()).isEqualTo("missingSlope");
        assertThat(mistake.get("right").stringValue()).isEqualTo("delta = dJ/da * g'(z)");
        assertThat(mistake.get("documentation").stringValue()).isEqualTo("docs/gradient-check.md#missing-slope");
        JsonNode array = checked.get("layers").get(0).get("weightGradient");
        assertThat(array.get("verdict").stringValue()).isEqualTo("wrong");
        assertThat(array.get("numericalError").doubleValue()).isGreaterThan(0.1);
        assertThat(array.get("explanations").get(0).get("text").stringValue()).contains("slope", "delta = dJ/da");
        assertThat(checked.get("layers").get(1).get("delta").get("verdict").stringValue())
                .isEqualTo("right");
        assertThat(checked.get("loss").get("verdict").stringValue()).isEqualTo("right");
    }

    @Test
    void rightArraysAreRightAndNearTheCentralDifferences() {
        JsonNode checked = post(layers(RIGHT_W1, RIGHT_W2));
        assertThat(checked.get("verdict").stringValue()).isEqualTo("right");
        assertThat(checked.get("summary").stringValue()).isEqualTo("all 2 arrays are right");
        assertThat(checked.get("explanations").isEmpty()).isTrue();
        JsonNode array = checked.get("layers").get(0).get("weightGradient");
        assertThat(array.get("relativeError").doubleValue()).isZero();
        assertThat(array.get("numericalError").doubleValue()).isBetween(0.0, 1e-8);
        assertThat(array.get("tolerance").doubleValue()).isBetween(1e-7, 1e-3);
    }

    @Test
    void centralDifferencesMayBeLeftOut() {
        JsonNode checked = post(layers(RIGHT_W1, RIGHT_W2).replaceFirst("\\{", "{\"check\": false,"));
        assertThat(checked.get("layers").get(0).get("weightGradient").has("numericalError"))
                .isFalse();
    }

    @Test
    void aTransposedShapeIsAMistakeAndNoRefusal() {
        JsonNode checked = post(layers("[[-0.25,-0.5,14.25,19],[-0.75,-1.5,-28.5,-38]]", RIGHT_W2));
        assertThat(checked.get("explanations").get(0).get(0).get("name").stringValue())
                .isEqualTo("transposed");
    }

    @Test
    void whatFollowsFromALaterLayerIsSaidToFollow() {
        JsonNode checked =
                post(layers("[[0.25,0.75],[0.5,1.5],[-14.25,28.5],[-19.0,38.0]]", "[[0.875,0.625,-11.875,-7.125]]"));
        assertThat(checked.get("explanations").get(0)).hasSize(1);
        assertThat(checked.get("explanations").get(0).get(0).get("name").stringValue())
                .isEqualTo("wrongSign");
        JsonNode first = checked.get("layers")
                .get(0)
                .get("weightGradient")
                .get("explanations")
                .get(0);
        assertThat(first.get("followsFrom").intValue()).isEqualTo(1);
        assertThat(first.get("text").stringValue())
                .isEqualTo("this follows from the mistake in layer 1: a wrong sign in delta of layer 1");
    }

    @Test
    void theOptimizerTellsWhatTheUpdatedWeightsAre() {
        String stale = layers(staleW1(0.01), RIGHT_W2);
        assertThat(post(stale).get("explanations").get(0).get(0).get("name").stringValue())
                .isEqualTo("staleWeights");
        String told = stale.replaceFirst("\\{", "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.01},");
        assertThat(post(told).get("explanations").get(0).get(0).get("name").stringValue())
                .isEqualTo("staleWeights");
        String other = stale.replaceFirst("\\{", "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.5},");
        assertThat(post(other).get("explanations").isEmpty()).isTrue();
    }

    /// dW of layer 0 when delta is sent back through W2 - rate dW2.
    private static String staleW1(double rate) {
        double[] dw2 = {-0.875, -0.625, 11.875, 7.125};
        StringBuilder rows = new StringBuilder("[");
        for (int u = 0; u < 4; u++) {
            double weight = u + 1 - rate * dw2[u];
            double delta = weight * (u < 2 ? -0.25 : 4.75);
            rows.append(u == 0 ? "" : ",").append("[" + delta + "," + delta * (u < 2 ? 3 : -2) + "]");
        }
        return rows.append("]").toString();
    }

    @Test
    void aBiasGradientMayHaveAnyFormAMistakeGivesIt() {
        String path = create("{\"inputs\":1,\"layers\":[{\"type\":\"dense\",\"units\":2}]}");
        String body = """
                {"weights": [{"weights": [[1],[2]], "biases": [0,0]}], "inputs": [[1],[2],[4]],
                 "targets": [[0,0],[0,0],[0,0]], "loss": {"type": "squaredError", "reduction": "sum", "scale": 0.5},
                 "answers": {"layers": [{"biasGradient": %s}]}}""";
        assertThat(verdict(path, body.formatted("[7, 14]"))).isEqualTo("right");
        assertThat(verdict(path, body.formatted("[[7, 14]]"))).isEqualTo("right");
        assertThat(verdict(path, body.formatted("[[7], [14]]"))).isEqualTo("right");
        assertThat(name(path, body.formatted("[[1, 2], [2, 4], [4, 8]]"))).isEqualTo("notSummed");
        assertThat(name(path, body.formatted("[1, 2]"))).isEqualTo("firstRow");
        assertThat(name(path, body.formatted("[4, 8]"))).isEqualTo("lastRow");
        assertThat(name(path, body.formatted("[3, 6, 12]"))).isEqualTo("summedOverUnits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"weightGradient\": [[1,2,3]]} | shape /answers/layers/0/weightGradient",
                "{\"weightGradient\": [[1,2],[3]]} | shape /answers/layers/0/weightGradient/1",
                "{\"weightGradient\": []} | shape /answers/layers/0/weightGradient",
                "{\"biasGradient\": [1,2]} | shape /answers/layers/0/biasGradient",
                "{\"biasGradient\": [1,\"a\"]} | shape /answers/layers/0/biasGradient/1",
                "{\"delta\": [[1,2,3,4,5],[1,2,3,4,5]]} | shape /answers/layers/0/delta",
                "{\"gradient\": [[1,2]]} | unknown-property /answers/layers/0/gradient"
            })
    void arraysThatCannotBeAreRefusedAtTheirPlace(String layer, String errors) {
        Answer answer = client.post(parabola() + "/answers", body("{\"layers\": [" + layer + ", {}]}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(errors);
    }

    @Test
    void aWrongShapeIsToldWithBothShapes() {
        Answer answer = client.post(parabola() + "/answers", layers("[[1,2,3]]", RIGHT_W2));
        assertThat(answer.json().get("detail").stringValue()).isEqualTo("dW of layer 0 is 4 x 2, not 1 x 3");
    }

    @Test
    void answersAreNeededForEveryLayer() {
        Answer answer = client.post(parabola() + "/answers", body("{\"layers\": [{}]}"));
        assertThat(answer.errors()).isEqualTo("shape /answers/layers");
    }

    @Test
    void aPassThatIsNotFiniteIsRefused() {
        String path = create("{\"inputs\":1,\"layers\":[{\"type\":\"dense\",\"units\":1,\"bias\":false}]}");
        Answer answer = client.post(path + "/answers", """
                {"weights":[{"weights":[[1e200]]}],"inputs":[[1e200]],"targets":[[0]],"loss":"squaredError",
                 "answers":{"layers":[{"weightGradient":[[1]]}]}}""");
        assertThat(answer.errors()).isEqualTo("non-finite /inputs");
    }

    @Test
    void everyMistakeHasItsPlaceInTheDocument() throws IOException {
        String document = Files.readString(Path.of("docs/gradient-check.md"));
        for (Mistake mistake : Mistake.values()) {
            String anchor = mistake.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertThat(document).contains("<a id=\"" + anchor + "\"></a>");
        }
    }

    private String verdict(String path, String body) {
        return client.post(path + "/answers", body).json().get("verdict").stringValue();
    }

    private String name(String path, String body) {
        Answer answer = client.post(path + "/answers", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("explanations").get(0).get(0).get("name").stringValue();
    }

    private JsonNode post(String body) {
        Answer answer = client.post(parabola() + "/answers", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String parabola() {
        return create(NetworkExamples.PARABOLA);
    }

    private String create(String network) {
        return client.post("/api/v1/networks", network).header("Location");
    }

    private static String layers(String first, String second) {
        return body("{\"layers\": [{\"weightGradient\": " + first + "}, {\"weightGradient\": " + second + "}]}");
    }

    private static String body(String answers) {
        return """
                {"weights": [{"weights": [[0.5, 1.0], [-0.5, 1.0], [0.5, -1.0], [-0.5, -1.0]]},
                             {"weights": [[1.0, 2.0, 3.0, 4.0]]}],
                 "inputs": [[1, 3.0], [1, -2.0]], "targets": [[9.0], [4.0]],
                 "loss": {"type": "squaredError", "reduction": "mean", "scale": 0.5},
                 "answers": %s}""".formatted(answers);
    }
}
