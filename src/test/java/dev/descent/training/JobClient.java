package dev.descent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.Client;
import dev.descent.Client.Answer;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Submits jobs to a booted service and waits for what becomes of them.
public final class JobClient {

    public static final String JOBS = "/api/v1/training-jobs";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    public final Client http;
    private final int port;

    public JobClient(int port) {
        this(port, new Client(port));
    }

    public JobClient(int port, Client http) {
        this.port = port;
        this.http = http;
    }

    int port() {
        return port;
    }

    /// The id of the lecture's parabola, generated anew.
    public String parabola(int rows) {
        return dataset(http.post("/api/v1/datasets/generate", "{\"generator\":\"parabola\",\"rows\":" + rows + "}"));
    }

    String csv(String text) {
        return dataset(http.post("/api/v1/datasets", "text/csv", text));
    }

    private static String dataset(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("id").stringValue();
    }

    /// A request that trains a 2-4-1 network on a parabola for 20 steps.
    public static ObjectNode request(String datasetId) {
        var request = (ObjectNode) JSON.readTree(TrainingJobExamples.PARABOLA);
        request.put("datasetId", datasetId);
        request.put("steps", 20);
        request.remove("record");
        return request;
    }

    /// The same with `changes` (JSON) put in; a property that becomes `"-"` is left out.
    public static ObjectNode request(String datasetId, String changes) {
        ObjectNode request = request(datasetId);
        for (var change : JSON.readTree(changes).properties()) {
            if (change.getValue().isString() && change.getValue().stringValue().equals("-")) {
                request.remove(change.getKey());
            } else {
                request.set(change.getKey(), change.getValue());
            }
        }
        return request;
    }

    public Answer post(ObjectNode request) {
        return http.post(JOBS, request.toString());
    }

    public String submit(ObjectNode request) {
        Answer answer = post(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().get("id").stringValue();
    }

    public JsonNode get(String id) {
        Answer answer = http.get(JOBS + "/" + id);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    String state(String id) {
        return get(id).get("state").stringValue();
    }

    public JsonNode awaitState(String id, String state) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state(id), found -> found.equals(state) || TERMINAL.contains(found));
        JsonNode job = get(id);
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo(state);
        return job;
    }

    /// Runs a job to its end.
    public JsonNode run(ObjectNode request) {
        return awaitState(submit(request), "SUCCEEDED");
    }

    public Answer cancel(String id) {
        return http.post(JOBS + "/" + id + "/cancel", "");
    }
}
