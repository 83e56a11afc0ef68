package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@BootedService
class PredictionsApiTest {

    private static final String MODELS = "/api/v1/models";

    private final Client client;
    private final Specimens specimens;

    @Autowired
    PredictionsApiTest(@LocalServerPort int port, Models models, PlatformTransactionManager transactions) {
        client = new Client(port);
        specimens = new Specimens(models, new TransactionTemplate(transactions));
    }

    @ParameterizedTest
    @EnumSource
    void numbersComeBackOnTheTargetsOwnScale(Precision precision) {
        String id = specimens.add(precision, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
        String answer = predict(id, "{\"rows\":[{\"x\":14,\"colour\":\"red\"},{\"colour\":\"green\",\"x\":14.0}]}");
        assertThat(answer).isEqualTo("{\"predictions\":[{\"value\":140.0},{\"value\":125.0}]}");
    }

    @Test
    void rowsAreTakenByPositionToo() {
        String id = regression();
        assertThat(predict(id, "{\"rows\":[[14,\"red\"],{\"colour\":\"green\",\"x\":14}]}"))
                .isEqualTo(predict(id, "{\"rows\":[{\"x\":14,\"colour\":\"red\"},[14,\"green\"]]}"));
    }

    @Test
    void twoClassesOnOneOutputAreSplitAtOneHalf() {
        String id = specimens.add(Precision.FLOAT64, Specimens.BINARY, Specimens.BINARY_WEIGHTS);
        JsonNode predictions = client.post(MODELS + "/" + id + "/predictions", "{\"rows\":[[1],[0.5],[0]]}")
                .json()
                .get("predictions");
        double sigmoid = 0.7310585786300049; // 1 / (1 + exp(-1))
        assertThat(predictions.get(0).get("label").stringValue()).isEqualTo("yes");
        assertThat(predictions.get(0).get("probabilities").get("yes").doubleValue())
                .isCloseTo(sigmoid, within(1e-15));
        assertThat(predictions.get(0).get("probabilities").get("no").doubleValue())
                .isCloseTo(1 - sigmoid, within(1e-15));
        assertThat(predictions.get(1).get("label").stringValue()).isEqualTo("no");
        assertThat(predictions.get(1).get("probabilities").toString()).isEqualTo("{\"no\":0.5,\"yes\":0.5}");
        assertThat(predictions.get(2).get("label").stringValue()).isEqualTo("no");
    }

    @Test
    void eachOfManyClassesHasItsProbability() {
        String id = specimens.add(Precision.FLOAT64, Specimens.CLASSES, Specimens.CLASSES_WEIGHTS);
        JsonNode predictions = client.post(
                        MODELS + "/" + id + "/predictions", "{\"rows\":[[2,3],[0,0]],\"include\":[\"logits\"]}")
                .json()
                .get("predictions");
        assertThat(predictions.get(0).get("label").stringValue()).isEqualTo("b");
        double sum = Math.exp(2) + Math.exp(3) + 1;
        assertThat(predictions.get(0).get("probabilities").get("b").doubleValue())
                .isCloseTo(Math.exp(3) / sum, within(1e-15));
        assertThat(predictions.get(0).get("probabilities").get("c").doubleValue())
                .isCloseTo(1 / sum, within(1e-15));
        assertThat(predictions.get(0).get("logits").toString()).isEqualTo("[2.0,3.0,0.0]");
        assertThat(predictions.get(1).get("label").stringValue()).isEqualTo("a");
    }

    @Test
    void includedPartsAreThoseOfTheNetwork() {
        String answer = predict(
                regression(),
                "{\"rows\":[[14,\"red\"],[14,\"green\"]],\"include\":[\"logits\",\"activations\",\"inputGradients\"]}");
        assertThat(answer.replace("-0.0", "0.0"))
                .isEqualTo("{\"predictions\":["
                        + "{\"value\":140.0,\"logits\":[8.0],\"activations\":[[2.0,1.0],[8.0]],"
                        + "\"inputGradients\":{\"x\":5.0,\"colour\":{\"red\":15.0,\"green\":-15.0}}},"
                        + "{\"value\":125.0,\"logits\":[5.0],\"activations\":[[2.0,0.0],[5.0]],"
                        + "\"inputGradients\":{\"x\":5.0,\"colour\":{\"red\":0.0,\"green\":0.0}}}]}");
    }

    @Test
    void inputGradientIsThatOfTheLabelsOutput() {
        String classes = specimens.add(Precision.FLOAT64, Specimens.CLASSES, Specimens.CLASSES_WEIGHTS);
        assertThat(predict(classes, "{\"rows\":[[0,1]],\"include\":[\"inputGradients\"]}"))
                .contains("\"inputGradients\":{\"u\":0.0,\"v\":1.0}");
        String binary = specimens.add(Precision.FLOAT64, Specimens.BINARY, Specimens.BINARY_WEIGHTS);
        assertThat(predict(binary, "{\"rows\":[[-1]],\"include\":[\"inputGradients\"]}"))
                .contains("\"inputGradients\":{\"x\":2.0}");
    }

    @Test
    void rowsBeyondOneChunkAreAnsweredInOrder() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            rows.append(i == 0 ? "" : ",").append("[").append(10 + 2 * i).append(",\"green\"]");
        }
        JsonNode predictions = client.post(MODELS + "/" + regression() + "/predictions", "{\"rows\":[" + rows + "]}")
                .json()
                .get("predictions");
        assertThat(predictions).hasSize(2500);
        for (int i = 0; i < 2500; i++) {
            assertThat(predictions.get(i).get("value").doubleValue()).isEqualTo(105 + 10 * i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.0", "5e-324", "1e300"})
    void extremeNumbersAreNumbers(String x) {
        assertThat(predict(regression(), "{\"rows\":[[" + x + ",\"red\"]]}")).contains("value");
    }

    @Test
    void modelShowsWhatItIsAndWhereItComesFrom() {
        String id = regression();
        JsonNode model = client.get(MODELS + "/" + id).json();
        assertThat(model.get("task").stringValue()).isEqualTo("regression");
        assertThat(model.get("columns").get(1).toString())
                .isEqualTo("{\"name\":\"colour\",\"type\":\"categorical\",\"categories\":[\"red\",\"green\"]}");
        assertThat(model.get("preprocessing")
                        .get("features")
                        .get(2)
                        .get("input")
                        .stringValue())
                .isEqualTo("colour=green");
        assertThat(model.get("preprocessing").get("target").toString())
                .isEqualTo("{\"input\":\"y\",\"offset\":100.0,\"divisor\":5.0}");
        assertThat(model.get("provenance").get("spec").get("seed").intValue()).isEqualTo(10);
        assertThat(model.get("weightsSha256").stringValue()).hasSize(64);
        assertThat(model.get("network").get("layers").get(0).get("activation").stringValue())
                .isEqualTo("relu");
        JsonNode listed = client.get(MODELS + "?limit=1").json().get("data").get(0);
        assertThat(listed.get("id").stringValue()).isEqualTo(id);
        assertThat(listed.get("weightsSha256")).isEqualTo(model.get("weightsSha256"));
    }

    @Test
    void weightsGoBackIntoANetworkAsTheyAre() {
        String id = regression();
        String weights = client.get(MODELS + "/" + id + "/weights").body();
        assertThat(weights)
                .isEqualTo("[{\"weights\":[[1.0,0.0,0.0],[0.0,1.0,-1.0]],\"biases\":[0.0,0.0]},"
                        + "{\"weights\":[[2.0,3.0]],\"biases\":[1.0]}]");
        String network = client.post(
                        "/api/v1/networks",
                        client.get(MODELS + "/" + id).json().get("network").toString())
                .header("Location");
        Answer pass = client.post(network + "/forward", "{\"weights\":" + weights + ",\"inputs\":[[2,1,0]]}");
        assertThat(pass.json().get("layers").get(1).get("activation").toString())
                .isEqualTo("[[8.0]]");
    }

    private String regression() {
        return specimens.add(Precision.FLOAT64, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
    }

    private String predict(String id, String body) {
        Answer answer = client.post(MODELS + "/" + id + "/predictions", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
