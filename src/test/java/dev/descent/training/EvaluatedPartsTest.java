package dev.descent.training;

import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A model measured on a part of its own data is as good as its job said.
@BootedService
class EvaluatedPartsTest {

    private static final String NETWORK = """
            {"inputs": 2, "layers": [{"type": "dense", "units": 4, "activation": "tanh"},
                                     {"type": "dense", "units": %d}]}""";

    private final JobClient jobs;

    EvaluatedPartsTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @ParameterizedTest
    @CsvSource({"softmaxCrossEntropy, 2, false", "binaryCrossEntropy, 1, true", "squaredError, 1, false"})
    void partsOfTheJobsOwnDataAreFoundAgain(String loss, int outputs, boolean stratified) {
        String dataset = jobs.http
                .post("/api/v1/datasets/generate", "{\"generator\": \"xor\", \"rows\": 200}")
                .json()
                .get("id")
                .stringValue();
        JsonNode job = jobs.run(request(dataset, """
                {"features": ["x1", "x2"], "target": "y", "networkId": "-", "network": %s, "loss": "%s",
                 "split": {"validation": 0.2, "test": 0.1, "stratified": %s}, "seed": 5}""".formatted(NETWORK.formatted(outputs), loss, stratified)));
        String model = "/api/v1/models/" + job.get("modelId").stringValue();
        JsonNode metrics = jobs.http.get(model).json().get("metrics");
        for (String part : new String[] {"training", "validation", "test"}) {
            Answer answer = jobs.http.post(
                    model + "/evaluations", "{\"datasetId\": \"" + dataset + "\", \"part\": \"" + part + "\"}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode found = answer.json();
            JsonNode expected = metrics.get(part);
            assertThat(found.get("rows").intValue())
                    .isEqualTo(expected.get("rows").intValue());
            assertThat(found.get("accuracy")).isEqualTo(expected.get("accuracy"));
            // the same rows in another order
            assertClose(found.get("loss"), expected.get("loss"));
            assertClose(found.get("r2"), expected.get("r2"));
        }
    }

    private static void assertClose(JsonNode found, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(found.isNull()).isTrue();
        } else {
            assertThat(found.doubleValue()).isCloseTo(expected.doubleValue(), within(1e-13));
        }
    }
}
