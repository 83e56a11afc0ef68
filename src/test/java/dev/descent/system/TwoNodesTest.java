package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two services on one PostgreSQL and one data directory are one service.
class TwoNodesTest {

    private static final String CSV = "x,y\n" + "1,2\n2,4\n3,6\n4,8\n".repeat(10);

    @Test
    void whatOneNodeKeepsTheOtherServes(@TempDir Path folder) throws Exception {
        String[] database = TestDatabase.POSTGRESQL.properties(folder);
        Path data = folder.resolve("data");
        try (ServiceProcess first = ServiceProcess.startLight(data, database);
                ServiceProcess second = ServiceProcess.startLight(data, database)) {
            Http one = first.api();
            Http two = second.api();

            String dataset = id(one.post("/datasets?name=Doubles", "text/csv", BodyPublishers.ofString(CSV), 201));
            assertThat(two.get("/datasets/" + dataset + "/rows?limit=1").toString())
                    .contains("1");
            assertThat(two.get("/datasets?q=double").get("data")).hasSize(1);

            String job = id(two.post("/training-jobs", """
                    {"datasetId": "%s", "target": "y", "network": {"inputs": 1, "layers": [{"type": "dense", "units": 1}]},
                     "optimizer": {"type": "sgd", "learningRate": 0.05}, "steps": 500, "seed": 1,
                     "record": {"loss": {"every": 1}}}""".formatted(dataset), 202));
            JsonNode ended = Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () -> one.get("/training-jobs/" + job),
                            found -> !found.get("finishedAt").isNull());
            assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
            assertThat(one.get("/training-jobs/" + job + "/loss-curve"))
                    .isEqualTo(two.get("/training-jobs/" + job + "/loss-curve"));
            assertThat(one.get("/training-jobs?state=SUCCEEDED").get("data")).hasSize(1);

            String model = ended.get("modelId").stringValue();
            assertThat(two.get("/models").get("data")).hasSize(1);
            String rows = "{\"rows\": [{\"x\": 3}]}";
            JsonNode prediction = one.post("/models/" + model + "/predictions", rows, 200);
            assertThat(prediction.get("predictions").get(0).get("value").doubleValue())
                    .isBetween(5.0, 7.0);
            assertThat(two.post("/models/" + model + "/predictions", rows, 200)).isEqualTo(prediction);

            assertThat(two.delete("/training-jobs/" + job).status()).isEqualTo(204);
            assertThat(one.delete("/datasets/" + dataset).status()).isEqualTo(204);
            assertThat(two.delete("/models/" + model).status()).isEqualTo(204);
            assertThat(two.read("/datasets/" + dataset).status()).isEqualTo(404);
            assertThat(one.read("/models/" + model).status()).isEqualTo(404);

            first.kill();
            assertThat(two.get("/datasets").get("data")).isEmpty();
        }
    }

    private static String id(JsonNode resource) {
        return resource.get("id").stringValue();
    }
}
