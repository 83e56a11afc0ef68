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

/// A JVM without the Vector API trains the same models, to the bit.
class VectorsTest {

    private static final String JOB = """
            {"datasetId": "parabola", "features": ["one", "x"], "target": "%s",
             "network": {"inputs": 2, "layers": [
               {"type": "dense", "units": 70, "activation": "sigmoid"}, {"type": "dense", "units": 50, "activation": "tanh"},
               {"type": "dense", "units": 40, "activation": "relu"}, {"type": "dense", "units": 1}]},
             "loss": "%s", "optimizer": {"type": "adam", "learningRate": 0.001}, "precision": "%s", "steps": 20, "seed": 3}""";

    @Test
    void vectorsChangeNoBit(@TempDir Path folder) throws Exception {
        List<String> with;
        List<String> without;
        try (ServiceProcess service = ServiceProcess.start(folder.resolve("with"))) {
            with = digests(service.api());
        }
        try (ServiceProcess service = ServiceProcess.startWithoutVectors(folder.resolve("without"))) {
            without = digests(service.api());
        }
        assertThat(with).hasSize(3).doesNotHaveDuplicates();
        assertThat(without).isEqualTo(with);
    }

    private static List<String> digests(Http api) {
        api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201);
        api.post("/datasets/generate", "{\"generator\": \"xor\"}", 201);
        List<String> digests = new ArrayList<>();
        digests.add(digest(api, JOB.formatted("y", "squaredError", "float64")));
        digests.add(digest(api, JOB.formatted("y", "squaredError", "float32")));
        String corners = JOB.replace("parabola", "xor").replace("one", "x1").replace("\"x\"", "\"x2\"");
        digests.add(digest(api, corners.formatted("y", "binaryCrossEntropy", "float64")));
        return digests;
    }

    private static String digest(Http api, String job) {
        String id = api.post("/training-jobs", job, 202).get("id").stringValue();
        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> api.get("/training-jobs/" + id),
                        found -> !found.get("finishedAt").isNull());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return api.get("/models/" + ended.get("modelId").stringValue())
                .get("weightsSha256")
                .stringValue();
    }
}
