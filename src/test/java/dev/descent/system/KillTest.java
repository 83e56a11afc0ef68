package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was accepted outlives the process that accepted it.
class KillTest {

    private static final String NETWORK = """
            {"inputs": 2, "layers": [
              {"type": "dense", "units": 4, "activation": "relu", "bias": false, "weightInitializer": "scaledNormal"},
              {"type": "dense", "units": 1, "bias": false, "weightInitializer": "scaledNormal"}]}""";

    private static String job(String dataset, long steps, int seed) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y", "network": %s,
                 "loss": {"type": "squaredError", "scale": 0.5}, "optimizer": {"type": "sgd", "learningRate": 0.001},
                 "batches": {"type": "sampled", "size": 20}, "steps": %d, "seed": %d,
                 "record": {"loss": {"every": 1000, "over": "dataset"}, "gradients": {"what": "norms", "every": 100000},
                            "activations": {"what": "histograms", "every": 50000}}}""".formatted(dataset, NETWORK, steps, seed);
    }

    @Test
    void nothingAcceptedIsMissingAfterAKillAndTheRunEndsAsIfUndisturbed(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String dataset;
        String network;
        String finished;
        String running;
        String waiting;
        JsonNode finishedCurve;
        JsonNode finishedModel;
        try (ServiceProcess service = ServiceProcess.start(
                data, "--descent.training.workers=1", "--descent.training.checkpoint-interval=200ms")) {
            Http api = service.api();
            dataset = id(api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201));
            network = id(api.post("/networks", NETWORK, 201));
            finished = id(api.post("/training-jobs", job(dataset, 5000, 10), 202));
            JsonNode ended = awaitEnd(api, finished);
            finishedCurve = api.get("/training-jobs/" + finished + "/loss-curve");
            finishedModel = api.get("/models/" + ended.get("modelId").stringValue());

            running = id(api.post("/training-jobs", job(dataset, 400_000, 3), 202));
            waiting = id(api.post("/training-jobs", job(dataset, 5000, 11), 202));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> isUnderWay(api.get("/training-jobs/" + running)));
            service.kill();
        }
        try (ServiceProcess service = ServiceProcess.start(data, "--descent.training.workers=1")) {
            Http api = service.api();
            assertThat(api.get("/datasets/" + dataset).get("rows").intValue()).isEqualTo(100);
            assertThat(api.get("/datasets/" + dataset + "/rows?limit=100").get("rows"))
                    .hasSize(100);
            assertThat(api.get("/networks/" + network).get("inputs").intValue()).isEqualTo(2);
            assertThat(api.get("/training-jobs/" + finished + "/loss-curve")).isEqualTo(finishedCurve);
            assertThat(api.get("/models/" + finishedModel.get("id").stringValue()))
                    .isEqualTo(finishedModel);

            JsonNode again = awaitEnd(api, running);
            assertThat(again.get("attempt").intValue()).isEqualTo(2);
            assertThat(awaitEnd(api, waiting).get("attempt").intValue()).isEqualTo(1);

            String undisturbed = id(api.post("/training-jobs", job(dataset, 400_000, 3), 202));
            JsonNode reference = awaitEnd(api, undisturbed);
            assertThat(digest(api, again)).isEqualTo(digest(api, reference));
            assertThat(api.get("/training-jobs/" + running + "/loss-curve"))
                    .isEqualTo(api.get("/training-jobs/" + undisturbed + "/loss-curve"));
            for (String recorded : List.of("/gradients", "/activations")) {
                assertThat(api.get("/training-jobs/" + running + recorded))
                        .isEqualTo(api.get("/training-jobs/" + undisturbed + recorded));
            }
        }
    }

    @Test
    void aTerminatedServiceGivesItsJobBackAndFinishesItNextTime(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String job;
        try (ServiceProcess service = ServiceProcess.start(data)) {
            Http api = service.api();
            String dataset = id(api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201));
            job = id(api.post("/training-jobs", job(dataset, 400_000, 3), 202));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isUnderWay(api.get("/training-jobs/" + job)));
            assertThat(service.terminate()).isZero();
        }
        try (ServiceProcess service = ServiceProcess.start(data)) {
            assertThat(awaitEnd(service.api(), job).get("attempt").intValue()).isEqualTo(2);
        }
    }

    private static boolean isUnderWay(JsonNode job) {
        assertThat(job.get("state").stringValue()).as(job.toString()).isIn("QUEUED", "RUNNING");
        return job.get("progress").path("step").asLong(0) > 40_000;
    }

    private static JsonNode awaitEnd(Http api, String job) {
        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> api.get("/training-jobs/" + job),
                        found -> !found.get("finishedAt").isNull());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return ended;
    }

    private static String digest(Http api, JsonNode job) {
        return api.get("/models/" + job.get("modelId").stringValue())
                .get("weightsSha256")
                .stringValue();
    }

    private static String id(JsonNode resource) {
        return resource.get("id").stringValue();
    }
}
