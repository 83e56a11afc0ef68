package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A running job hears that it is cancelled, whether its steps are short or long, and whatever else trains.
@Proof
class CancelLatencyTest {

    private static final int JOBS = Extent.of("cancels", 60, 1000);
    private static final int WARM_UP = 10;

    @Test
    void runningJobsStopWithinASecond(@TempDir Path folder) throws Exception {
        int workers = Runtime.getRuntime().availableProcessors();
        double[] answered = new double[JOBS];
        double[] stopped = new double[JOBS];
        try (ServiceProcess service =
                ServiceProcess.start(folder.resolve("data"), "--descent.training.workers=" + workers)) {
            Http api = service.api();
            String dataset = api.post("/datasets/generate", "{\"generator\": \"parabola\", \"rows\": 1000}", 201)
                    .get("id")
                    .stringValue();
            for (int other = 1; other < workers; other++) {
                api.post("/training-jobs", spec(dataset, 4), 202);
            }
            for (int i = -WARM_UP; i < JOBS; i++) {
                String job = api.post("/training-jobs", spec(dataset, i % 2 == 0 ? 4 : 512), 202)
                        .get("id")
                        .stringValue();
                await(api, job, "/progress/step");
                long begin = System.nanoTime();
                api.post("/training-jobs/" + job + "/cancel", "", 202);
                double answer = (System.nanoTime() - begin) / 1e6;
                JsonNode ended = await(api, job, "/finishedAt");
                double end = (System.nanoTime() - begin) / 1e6;
                assertThat(ended.get("state").stringValue()).isEqualTo("CANCELLED");
                assertThat(ended.get("modelId").isNull()).isTrue();
                if (i >= 0) {
                    answered[i] = answer;
                    stopped[i] = end;
                }
            }
        }
        Arrays.sort(answered);
        Arrays.sort(stopped);
        System.out.printf(
                "Cancel, %d times while %d workers train: answered p50 %.1f ms, p99 %.1f ms; stopped p50 %.1f ms, p99 %.1f ms%n",
                JOBS,
                workers,
                answered[JOBS / 2],
                answered[JOBS * 99 / 100],
                stopped[JOBS / 2],
                stopped[JOBS * 99 / 100]);
        // other programs may disturb some of them, hardly half
        assertThat(answered[JOBS / 2]).isLessThan(100);
        assertThat(stopped[JOBS / 2]).isLessThan(1000);
    }

    /// Until the job shows something at `pointer` that is neither null nor 0.
    private static JsonNode await(Http api, String job, String pointer) {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/training-jobs/" + job), found -> {
                    JsonNode value = found.at(pointer);
                    return !value.isNull() && !value.asString("").equals("0");
                });
    }

    private static String spec(String dataset, int units) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y", "precision": "float32",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": %d, "activation": "tanh"},
                                                     {"type": "dense", "units": %d, "activation": "tanh"},
                                                     {"type": "dense", "units": 1}]},
                 "optimizer": {"type": "adam", "learningRate": 0.0001}, "batches": "full", "steps": 1000000000,
                 "record": {"loss": {"every": 1000000}}}""".formatted(dataset, units, units);
    }
}
