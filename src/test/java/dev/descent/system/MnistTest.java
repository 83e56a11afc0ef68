package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.dataset.Form;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Handwritten digits, from the gzipped files that MNIST's authors publish to a model that reads 97 of 100.
@Proof
class MnistTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("descent.test.data", "../shared/data")).resolve("mnist");

    private static final String JOB = """
            {"name": "mnist", "datasetId": "%s", "target": "label",
             "preprocessing": {"features": {"type": "scale", "divisor": 255}},
             "split": {"validation": 0.16666666666666666},
             "network": {"inputs": 784, "layers": [{"type": "dense", "units": 100, "activation": "sigmoid"},
                                                   {"type": "dense", "units": 10}]},
             "optimizer": {"type": "adam", "learningRate": 0.001}, "batches": {"type": "shuffled", "size": 100},
             "epochs": 25, "precision": "float32", "seed": 1, "record": {"loss": {"every": 100}}}""";

    @Test
    void digitsAreReadFromMnistsOwnFiles(@TempDir Path folder) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(folder.resolve("data"))) {
            Http api = service.api();
            long begin = System.nanoTime();
            JsonNode training = upload(api, "train");
            double uploaded = seconds(begin);
            assertThat(training.get("rows").intValue()).isEqualTo(60_000);
            assertThat(training.get("columns")).hasSize(785);
            assertThat(training.at("/columns/784/categories").toString())
                    .isEqualTo("[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]");
            JsonNode test = upload(api, "t10k");

            begin = System.nanoTime();
            String id = api.post("/training-jobs", JOB.formatted(id(training)), 202)
                    .get("id")
                    .stringValue();
            JsonNode job = Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .until(
                            () -> api.get("/training-jobs/" + id),
                            found -> !found.get("finishedAt").isNull());
            double trained = seconds(begin);
            assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("SUCCEEDED");

            begin = System.nanoTime();
            String model = "/models/" + job.get("modelId").stringValue();
            JsonNode found = api.post(model + "/evaluations", "{\"datasetId\": \"" + id(test) + "\"}", 200);
            System.out.printf(
                    "MNIST: accuracy %.4f, loss %.4f on 10,000 test images; upload of 60,000 %.1f s, training %.1f s, "
                            + "evaluation %.1f s%n",
                    found.get("accuracy").doubleValue(),
                    found.get("loss").doubleValue(),
                    uploaded,
                    trained,
                    seconds(begin));
            assertThat(found.get("rows").intValue()).isEqualTo(10_000);
            assertThat(found.get("accuracy").doubleValue()).isGreaterThanOrEqualTo(0.97);
            assertThat(found.at("/classes/3/support").intValue()).isEqualTo(1010); // threes among the test images
            assertThat(trace(found.at("/confusionMatrix/counts")) / 10_000.0)
                    .isEqualTo(found.get("accuracy").doubleValue());
            assertThat(api.get(model).at("/metrics/validation/rows").intValue()).isEqualTo(10_000);
        }
    }

    private static JsonNode upload(Http api, String which) throws IOException {
        byte[] form = new Form()
                .file("file", which + "-images-idx3-ubyte.gz", read(which + "-images-idx3-ubyte.gz"))
                .file("labels", which + "-labels-idx1-ubyte.gz", read(which + "-labels-idx1-ubyte.gz"))
                .field("name", "mnist-" + which)
                .bytes();
        return api.post("/datasets", Form.TYPE, HttpRequest.BodyPublishers.ofByteArray(form), 201);
    }

    private static byte[] read(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        assertThat(file)
                .as(
                        "this test reads MNIST's four files; say where their folder mnist is with -Ddescent.test.data=<folder>")
                .exists();
        return Files.readAllBytes(file);
    }

    private static long trace(JsonNode counts) {
        long trace = 0;
        for (int i = 0; i < counts.size(); i++) {
            trace += counts.get(i).get(i).longValue();
        }
        return trace;
    }

    private static String id(JsonNode dataset) {
        return dataset.get("id").stringValue();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
