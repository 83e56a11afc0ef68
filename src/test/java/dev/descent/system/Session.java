package dev.descent.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that uploads, trains, reads and deletes, writes down what it was told, and compares that with what is there
/// later. What it was told nothing of, because the connection broke, may have happened or not.
final class Session {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String JOB = """
            {"datasetId": "%s", "features": ["x"], "target": "y", "steps": 200, "seed": 1,
             "network": {"inputs": 1, "layers": [{"type": "dense", "units": 3, "activation": "tanh"},
                                                 {"type": "dense", "units": 1}]},
             "optimizer": {"type": "adam", "learningRate": 0.01}, "batches": "full",
             "record": {"loss": {"every": 1}, "gradients": {"what": "norms", "every": 10}}}""";

    /// What was acknowledged of a job: its model's weights, once it is known to have ended.
    private record Trained(
            String dataset,
            @Nullable String model,
            @Nullable String weights) {}

    private final Random random = new Random(7);
    private final Map<String, byte[]> datasets = new LinkedHashMap<>();
    private final Map<String, Trained> jobs = new LinkedHashMap<>();
    private final Map<String, String> models = new LinkedHashMap<>();
    private final List<String> gone = new ArrayList<>();
    private int acknowledged;
    private int refused;
    private int unknown;

    int acknowledged() {
        return acknowledged;
    }

    int refused() {
        return refused;
    }

    int unknown() {
        return unknown;
    }

    /// Upload, train, read, and delete most of it again; stops where the connection breaks.
    void run(Http api, boolean keep) {
        try {
            String dataset = upload(api);
            String job = dataset == null ? null : submit(api, dataset);
            String model = job == null ? null : awaitModel(api, job);
            if (model == null || keep) {
                return;
            }
            if (delete(api, "/training-jobs/" + job)) {
                jobs.remove(job);
            }
            if (delete(api, "/datasets/" + dataset)) {
                datasets.remove(dataset);
            }
            if (delete(api, "/models/" + model)) {
                models.remove(model);
            }
        } catch (IOException broken) {
            unknown++;
        }
    }

    @Nullable
    String upload(Http api) throws IOException {
        var csv = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++) {
            csv.append(random.nextDouble())
                    .append(',')
                    .append(random.nextDouble())
                    .append('\n');
        }
        byte[] content = csv.toString().getBytes(UTF_8);
        HttpResponse<byte[]> answer = api.any(
                HttpRequest.newBuilder()
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(content)),
                "/datasets");
        if (!acknowledged(answer, 201)) {
            return null;
        }
        String id = JSON.readTree(answer.body()).get("id").stringValue();
        datasets.put(id, content);
        return id;
    }

    @Nullable
    String submit(Http api, String dataset) throws IOException {
        HttpResponse<byte[]> answer = api.any(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JOB.formatted(dataset))),
                "/training-jobs");
        if (!acknowledged(answer, 202)) {
            return null;
        }
        String id = JSON.readTree(answer.body()).get("id").stringValue();
        jobs.put(id, new Trained(dataset, null, null));
        return id;
    }

    private @Nullable String awaitModel(Http api, String job) throws IOException {
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < patience) {
            HttpResponse<byte[]> events = api.any(HttpRequest.newBuilder().GET(), "/training-jobs/" + job + "/events");
            if (events.statusCode() == 200 && new String(events.body(), UTF_8).contains("event:end")) {
                break;
            }
        }
        HttpResponse<byte[]> answer = api.any(HttpRequest.newBuilder().GET(), "/training-jobs/" + job);
        JsonNode ended = JSON.readTree(answer.body());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        String model = ended.get("modelId").stringValue();
        String weights = weights(api, model);
        jobs.put(job, new Trained(jobs.get(job).dataset(), model, weights));
        models.put(model, weights);
        return model;
    }

    /// Whether the thing is known to be gone. Before the answer it may be either; then nothing is known of it.
    private boolean delete(Http api, String path) throws IOException {
        HttpResponse<byte[]> answer;
        try {
            answer = api.any(HttpRequest.newBuilder().DELETE(), path);
        } catch (IOException e) {
            forget(path);
            throw e;
        }
        if (!acknowledged(answer, 204)) {
            return false;
        }
        gone.add(path);
        return true;
    }

    private void forget(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        datasets.remove(id);
        jobs.remove(id);
        models.remove(id);
    }

    /// Whether the answer is the one hoped for; otherwise it has to be an honest refusal.
    private boolean acknowledged(HttpResponse<byte[]> answer, int status) {
        if (answer.statusCode() == status) {
            acknowledged++;
            return true;
        }
        String body = new String(answer.body(), UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(507);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(JSON.readTree(body).get("type").stringValue()).matches(".*/(insufficient-storage|storage-failing)");
        refused++;
        return false;
    }

    /// Everything that was acknowledged is there, byte for byte, and every job comes to its end.
    void verify(Http api) {
        try {
            for (Map.Entry<String, byte[]> dataset : datasets.entrySet()) {
                assertThat(get(api, "/datasets/" + dataset.getKey() + "/content"))
                        .as(dataset.getKey())
                        .isEqualTo(dataset.getValue());
                assertThat(get(api, "/datasets/" + dataset.getKey() + "/rows")).isNotEmpty();
            }
            for (String job : List.copyOf(jobs.keySet())) {
                verify(api, job, jobs.get(job));
            }
            for (Map.Entry<String, String> model : models.entrySet()) {
                assertThat(weights(api, model.getKey())).isEqualTo(model.getValue());
            }
            for (String path : gone) {
                assertThat(api.any(HttpRequest.newBuilder().GET(), path).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void verify(Http api, String id, Trained known) throws IOException {
        JsonNode job = Awaitility.await(id)
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> api.get("/training-jobs/" + id),
                        found -> !found.get("finishedAt").isNull());
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("SUCCEEDED");
        if (known.model() != null) {
            assertThat(job.get("modelId").stringValue()).isEqualTo(known.model());
        } else {
            String model = job.get("modelId").stringValue();
            String weights = weights(api, model);
            jobs.put(id, new Trained(known.dataset(), model, weights));
            models.put(model, weights);
        }
        JsonNode curve = JSON.readTree(get(api, "/training-jobs/" + id + "/loss-curve"));
        assertThat(curve.get("steps")).as(id).hasSize(200);
    }

    private static String weights(Http api, String model) throws IOException {
        JsonNode description = JSON.readTree(get(api, "/models/" + model));
        return description.get("weightsSha256").stringValue();
    }

    private static byte[] get(Http api, String path) throws IOException {
        HttpResponse<byte[]> answer = api.any(HttpRequest.newBuilder().GET(), path);
        assertThat(answer.statusCode())
                .as(path + " " + new String(answer.body(), UTF_8))
                .isEqualTo(200);
        return answer.body();
    }
}
