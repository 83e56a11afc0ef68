package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API answers while every worker trains, a worker for each core.
@Proof
class ResponsivenessTest {

    private static final int WARM_UP = 200;
    private static final int REQUESTS = 500;

    /// A long job of many short steps, or of few long ones.
    private static String job(String dataset, int units) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y", "precision": "float32",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": %d, "activation": "tanh"},
                                                     {"type": "dense", "units": %d, "activation": "tanh"},
                                                     {"type": "dense", "units": 1}]},
                 "optimizer": {"type": "adam", "learningRate": 0.0001}, "batches": "full", "steps": 1000000000,
                 "record": {"loss": {"every": 1000000}}}""".formatted(dataset, units, units);
    }

    @Test
    void jobIsReadWithinTwentyMillisecondsAtTheMedianWhileAllWorkersTrain(@TempDir Path folder) throws Exception {
        int workers = Runtime.getRuntime().availableProcessors();
        try (ServiceProcess service =
                ServiceProcess.start(folder.resolve("data"), "--descent.training.workers=" + workers)) {
            Http api = service.api();
            String dataset = api.post("/datasets/generate", "{\"generator\": \"parabola\", \"rows\": 1000}", 201)
                    .get("id")
                    .stringValue();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                String id = api.post("/training-jobs", job(dataset, i % 2 == 0 ? 4 : 512), 202)
                        .get("id")
                        .stringValue();
                paths.add("/training-jobs/" + id);
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> paths.stream()
                            .allMatch(path -> api.get(path).at("/progress/step").asLong(0) > 0));
            double[] milliseconds = new double[REQUESTS];
            for (int i = -WARM_UP; i < REQUESTS; i++) {
                String path = paths.get(Math.floorMod(i, workers));
                long begin = System.nanoTime();
                String state = api.get(path).get("state").stringValue();
                double took = (System.nanoTime() - begin) / 1e6;
                assertThat(state).isEqualTo("RUNNING");
                if (i >= 0) {
                    milliseconds[i] = took;
                }
            }
            Arrays.sort(milliseconds);
            double median = milliseconds[REQUESTS / 2];
            System.out.printf(
                    "GET /training-jobs/{id} while %d workers train: median %.1f ms, 95 of 100 within %.1f ms, longest %.1f ms%n",
                    workers, median, milliseconds[REQUESTS * 95 / 100], milliseconds[REQUESTS - 1]);
            assertThat(median).isLessThan(20);
        }
    }
}
