package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Balance from limit, on the lecture's own file, through the API: upload, standardise, train.
class CreditTest {

    private static final String NETWORK = """
            {"inputs": 1, "layers": [{"type": "dense", "units": 1, "activation": "sigmoid"}, {"type": "dense", "units": 1}]}""";

    private static String job(String dataset, int weight, String loss, long steps) {
        return """
                {"datasetId": "%s", "features": ["Limit"], "target": "Balance",
                 "preprocessing": {"features": {"type": "standardize", "degreesOfFreedom": 1},
                                   "target": {"type": "standardize", "degreesOfFreedom": 1}},
                 "network": %s, "loss": %s, "optimizer": {"type": "sgd", "learningRate": 0.001}, "steps": %d,
                 "initialWeights": [{"weights": [[%4$d]], "biases": [%4$d]}, {"weights": [[%4$d]], "biases": [%4$d]}]}""".replace("%4$d", Integer.toString(weight)).formatted(dataset, NETWORK, loss, steps);
    }

    @Test
    void theLecturesNumbersComeOutOfTheUploadedFile(@TempDir Path folder) throws Exception {
        Path file = Path.of(System.getProperty("descent.test.data", "../shared/data"))
                .resolve("Credit.csv");
        assertThat(file)
                .as("this test reads Credit.csv of ISLP; say where with -Ddescent.test.data=<folder>")
                .exists();
        JsonNode golden = Golden.read("credit.json");
        try (ServiceProcess service = ServiceProcess.start(folder.resolve("data"))) {
            Http api = service.api();
            String dataset = api.post(
                            "/datasets?name=Credit",
                            "text/csv",
                            HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(file)),
                            201)
                    .get("id")
                    .stringValue();

            JsonNode ones = end(api, job(dataset, 1, "{\"type\": \"squaredError\", \"reduction\": \"sum\"}", 1));
            double first = losses(api, ones).get(0).doubleValue();
            Golden.assertClose(
                    "from all ones",
                    first,
                    golden.get("allOnes").get("sumOfSquares").doubleValue(),
                    1e-12,
                    0);

            String half = "{\"type\": \"squaredError\", \"reduction\": \"sum\", \"scale\": 0.5}";
            JsonNode twos = end(api, job(dataset, 2, half, 100_000));
            JsonNode expected = golden.get("fromAllTwos");
            JsonNode curve = losses(api, twos);
            assertThat(curve).hasSize(100_000);
            for (String step : expected.get("sumOfSquaresBeforeStep").propertyNames()) {
                Golden.assertClose(
                        "before step " + step,
                        2 * curve.get(Integer.parseInt(step)).doubleValue(),
                        expected.get("sumOfSquaresBeforeStep").get(step).doubleValue(),
                        1e-9,
                        0);
            }
            JsonNode weights = api.get("/models/" + twos.get("modelId").stringValue() + "/weights");
            JsonNode last = expected.get("final");
            close("w1", weights.get(0).get("weights").get(0).get(0), last.get("w1"));
            close("b1", weights.get(0).get("biases").get(0), last.get("b1"));
            close("w2", weights.get(1).get("weights").get(0).get(0), last.get("w2"));
            close("b2", weights.get(1).get("biases").get(0), last.get("b2"));
        }
    }

    private static void close(String what, JsonNode found, JsonNode expected) {
        Golden.assertClose(what, found.doubleValue(), expected.doubleValue(), 1e-9, 0);
    }

    private static JsonNode end(Http api, String spec) {
        String id = api.post("/training-jobs", spec, 202).get("id").stringValue();
        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> api.get("/training-jobs/" + id),
                        job -> !job.get("finishedAt").isNull());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return ended;
    }

    private static JsonNode losses(Http api, JsonNode job) {
        return api.get("/training-jobs/" + job.get("id").stringValue() + "/loss-curve")
                .get("trainingLoss");
    }
}
