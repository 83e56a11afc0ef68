package dev.descent.training;

import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Losses as jobs use them: from the request to a prediction.
@BootedService
class LossesOfJobsTest {

    private final JobClient jobs;

    LossesOfJobsTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    /// The R2 that the job measured is the one that an evaluation measures, and predictions say what the loss predicts.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type': 'absoluteError'}                                                            | 1 | 0 | 0",
                "{'type': 'huber', 'delta': 0.5}                                                      | 1 | 0 | 0",
                "{'type': 'gaussianNegativeLogLikelihood'}                                            | 2 | 1 | 0",
                "{'type': 'mixtureDensity', 'components': 3}                                          | 9 | 1 | 3",
                "{'type': 'weightedSum', 'terms': [{'loss': 'gaussianNegativeLogLikelihood', 'outputs': 2}]} | 2 | 1 | 0"
            })
    void lossIsTrainedMeasuredAndPredictedWith(String loss, int outputs, int deviations, int components) {
        String dataset = jobs.parabola(60);
        String id = train(dataset, loss, outputs).get("modelId").stringValue();

        JsonNode measured = jobs.http
                .get("/api/v1/models/" + id)
                .json()
                .get("metrics")
                .get("training")
                .get("r2");
        JsonNode evaluated = jobs.http
                .post("/api/v1/models/" + id + "/evaluations", "{\"datasetId\": \"" + dataset + "\"}")
                .json()
                .get("r2");
        assertThat(measured.doubleValue()).isCloseTo(evaluated.doubleValue(), within(1e-9));

        JsonNode prediction = jobs.http
                .post("/api/v1/models/" + id + "/predictions", "{\"rows\": [{\"one\": 1, \"x\": 0.5}]}")
                .json()
                .get("predictions")
                .get(0);
        assertThat(prediction.get("value").isNumber()).isTrue();
        assertThat(prediction.has("standardDeviation")).isEqualTo(deviations == 1);
        assertThat(prediction.has("components") ? prediction.get("components").size() : 0)
                .isEqualTo(components);
    }

    @Test
    void aSumOfOneTermIsThatLossToTheLastBit() {
        String dataset = jobs.parabola(60);
        JsonNode plain = train(dataset, "{'type': 'gaussianNegativeLogLikelihood'}", 2);
        JsonNode sum = train(
                dataset,
                "{'type': 'weightedSum', 'terms': [{'loss': 'gaussianNegativeLogLikelihood', 'outputs': 2}]}",
                2);
        assertThat(digest(sum)).isEqualTo(digest(plain));
    }

    private JsonNode train(String dataset, String loss, int outputs) {
        String changes = """
                {'loss': %s, 'seed': 3, 'optimizer': {'type': 'adam', 'learningRate': 0.01},
                 'network': {'inputs': 2, 'layers': [{'type': 'dense', 'units': 4, 'activation': 'tanh'},
                                                     {'type': 'dense', 'units': %d}]}}""".formatted(loss, outputs);
        return jobs.run(request(dataset, changes.replace('\'', '"')));
    }

    private String digest(JsonNode job) {
        return jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json()
                .get("weightsSha256")
                .stringValue();
    }
}
