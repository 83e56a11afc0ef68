package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A job during which the process dies three times is not started a fourth time, and holds up nobody else.
@Proof
class PoisonTest {

    private static final int DEATHS = 3;
    private static final String WORKERS = "--descent.training.workers=2";

    @Test
    void jobThatKillsItsProcessThreeTimesFailsAndTheOthersComplete(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        List<String> others = new ArrayList<>();
        String dataset = null;
        String poison = null;
        for (int death = 1; death <= DEATHS; death++) {
            try (ServiceProcess service = ServiceProcess.start(data, WORKERS)) {
                Http api = service.api();
                if (poison == null) {
                    dataset = id(api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201));
                    poison = id(api.post("/training-jobs", spec(dataset, 1_000_000_000), 202));
                }
                others.add(id(api.post("/training-jobs", spec(dataset, 1000), 202)));
                awaitAlone(api, poison, death);
                service.kill();
            }
        }
        long begin = System.nanoTime();
        try (ServiceProcess service = ServiceProcess.start(data, WORKERS)) {
            Http api = service.api();
            JobLife life = JobLife.read(api, poison);
            assertThat(life.faults()).isEmpty();
            assertThat(life.state()).as(life.states().toString()).isEqualTo("FAILED");
            assertThat(life.job().get("reason").stringValue()).isEqualTo("POISON");
            assertThat(life.job().get("message").stringValue()).contains("died 3 times");
            assertThat(life.job().get("attempt").intValue()).isEqualTo(DEATHS);
            others.add(id(api.post("/training-jobs", spec(dataset, 1000), 202)));
            for (String other : others) {
                JsonNode ended = Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(
                                () -> api.get("/training-jobs/" + other),
                                job -> !job.get("finishedAt").isNull());
                assertThat(ended.get("state").stringValue())
                        .as(ended.toString())
                        .isEqualTo("SUCCEEDED");
                assertThat(ended.get("attempt").intValue()).isEqualTo(1);
            }
            System.out.printf(
                    "Poison: FAILED after %d deaths of the process; %d others completed, the last %.1f s after the last death%n",
                    DEATHS, others.size(), (System.nanoTime() - begin) / 1e9);
        }
    }

    /// Until nothing but `job` runs; after two deaths nothing may run beside it.
    private static void awaitAlone(Http api, String job, int attempt) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            JsonNode running = api.get("/training-jobs?state=RUNNING").get("data");
            return running.size() == 1
                    && id(running.get(0)).equals(job)
                    && running.get(0).get("attempt").intValue() == attempt
                    && (attempt == DEATHS
                            || api.get("/training-jobs?state=QUEUED")
                                    .get("data")
                                    .isEmpty());
        });
    }

    private static String spec(String dataset, long steps) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": 1}]},
                 "optimizer": {"type": "sgd", "learningRate": 0.0001}, "batches": "full", "steps": %d,
                 "record": {"loss": {"every": %d}}}""".formatted(dataset, steps, Math.max(1, steps / 10));
    }

    private static String id(JsonNode resource) {
        return resource.get("id").stringValue();
    }
}
