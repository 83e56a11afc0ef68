package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API answers while every worker trains, a worker for each core.
@Proof
class ResponsivenessTest {

    private static final int WARM_UP = 200;
    private static final int ROUNDS = 5;
    private static final int REQUESTS = 100;

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
            measure(api, paths, WARM_UP);
            double[] medians = new double[ROUNDS];
            double[] all = new double[0];
            for (int round = 0; round < ROUNDS; round++) {
                double[] milliseconds = measure(api, paths, REQUESTS);
                medians[round] = milliseconds[REQUESTS / 2];
                all = DoubleStream.concat(Arrays.stream(all), Arrays.stream(milliseconds))
                        .sorted()
                        .toArray();
            }
            System.out.printf(
                    "GET /training-jobs/{id} while %d workers train: median %.1f ms, 95 of 100 within %.1f ms, longest %.1f ms%n",
                    workers, all[all.length / 2], all[all.length * 95 / 100], all[all.length - 1]);
            // other programs may disturb some rounds, hardly all
            assertThat(Arrays.stream(medians).min().orElseThrow()).isLessThan(20);
        }
    }

    /// How many milliseconds each of `count` requests takes, sorted.
    private static double[] measure(Http api, List<String> paths, int count) {
        double[] milliseconds = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            String state = api.get(paths.get(i % paths.size())).get("state").stringValue();
            milliseconds[i] = (System.nanoTime() - begin) / 1e6;
            assertThat(state).isEqualTo("RUNNING");
        }
        Arrays.sort(milliseconds);
        return milliseconds;
    }
}
