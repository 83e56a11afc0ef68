package dev.descent.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.training.JobClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Submits experiments to a booted service and waits for what becomes of them.
final class ExperimentClient {

    static final String EXPERIMENTS = "/api/v1/experiments";

    private static final JsonMapper JSON = new JsonMapper();

    final Client http;
    final JobClient jobs;

    ExperimentClient(JobClient jobs) {
        this.jobs = jobs;
        http = jobs.http;
    }

    /// The job of [JobClient#request], changed, in variants (JSON objects).
    static ObjectNode request(String dataset, String changes, String... variants) {
        ObjectNode job = JobClient.request(dataset, changes);
        job.remove("name");
        ObjectNode request = JSON.createObjectNode().put("name", "trial");
        request.set("job", job);
        request.set("variants", JSON.readTree("[" + String.join(", ", variants) + "]"));
        return request;
    }

    Answer post(ObjectNode request) {
        return http.post(EXPERIMENTS, request.toString());
    }

    JsonNode submit(ObjectNode request) {
        Answer answer = post(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json();
    }

    JsonNode get(String id) {
        Answer answer = http.get(EXPERIMENTS + "/" + id);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    JsonNode awaitEnd(String id) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(id).get("state").stringValue().equals("ENDED"));
        return get(id);
    }

    /// Runs all variants to their ends.
    JsonNode run(ObjectNode request) {
        return awaitEnd(submit(request).get("id").stringValue());
    }

    static List<String> jobIds(JsonNode experiment) {
        return experiment.get("variants").findValuesAsString("jobId");
    }

    /// The rows of the dataset that these steps of a job saw.
    List<JsonNode> rows(String jobId, int... steps) {
        List<JsonNode> rows = new ArrayList<>();
        for (int step : steps) {
            rows.add(trace(jobId, step).at("/batch/rows"));
        }
        return rows;
    }

    JsonNode trace(String jobId, int step) {
        Answer answer = http.get(JobClient.JOBS + "/" + jobId + "/steps/" + step + "/trace");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
