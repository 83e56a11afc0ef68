package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.storage.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class ForkedJobsTest {

    private static final String SPEC = """
            {"steps": %d, "batches": {"type": "shuffled", "size": 7}, "optimizer": {"type": "adam", "learningRate": 0.001},
             "split": {"validation": 0.2}, "record": {"gradients": {"what": "norms", "every": 5},
             "weights": {"what": "histograms", "every": 4, "bins": 6}, "activations": {"what": "values", "every": 3}}}
            """;

    private final JobClient jobs;
    private final DataDirectory directory;

    ForkedJobsTest(@LocalServerPort int port, @Autowired DataDirectory directory) {
        jobs = new JobClient(port);
        this.directory = directory;
    }

    @Test
    void forkThatOnlyRunsLongerIsTheLongerRun() {
        String data = jobs.parabola(50);
        JsonNode shorter = jobs.run(JobClient.request(data, SPEC.formatted(60)));
        JsonNode longer = jobs.run(JobClient.request(data, SPEC.formatted(200)));
        JsonNode fork = forked(shorter, "{\"steps\": 200, \"name\": \"longer\"}");
        assertThat(fork.get("forkedFrom")).isEqualTo(shorter.get("id"));
        assertThat(fork.get("forkedStep").intValue()).isEqualTo(60);
        assertThat(fork.get("name").stringValue()).isEqualTo("longer");
        assertThat(series(fork, "loss-curve")).isEqualTo(series(longer, "loss-curve"));
        for (String recorded : List.of("gradients", "weights", "activations")) {
            assertThat(series(fork, recorded)).isEqualTo(series(longer, recorded));
        }
        assertThat(weights(fork)).isEqualTo(weights(longer));
    }

    @Test
    void forkOfADeletedJobStandsAlone() {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        JsonNode fork = forked(parent, "{\"steps\": 100}");
        assertThat(jobs.http.delete(JOBS + "/" + id(parent)).status()).isEqualTo(204);
        assertThat(id(forked(fork, "{\"steps\": 150}"))).isNotEqualTo(id(fork));
    }

    /// The files of its attempt go one by one, after the row that says that it has ended.
    @Test
    void jobCanBeForkedWhileTheFilesOfItsAttemptGo() throws IOException {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        Path attempt = directory.runs().resolve(id(parent) + "-1");
        await().until(() -> Files.notExists(attempt));
        Files.createDirectory(attempt);
        try {
            JsonNode fork = forked(parent, "{\"steps\": 61}");
            assertThat(jobs.http
                            .get(JOBS + "/" + id(fork) + "/loss-curve")
                            .json()
                            .get("steps"))
                    .hasSize(61);
        } finally {
            Files.delete(attempt);
        }
    }

    @Test
    void otherLearningRateBeginsAtTheFork() {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        JsonNode fork = forked(parent, "{\"steps\": 70, \"optimizer\": {\"type\": \"adam\", \"learningRate\": 0.5}}");
        JsonNode rates =
                jobs.http.get(JOBS + "/" + id(fork) + "/loss-curve").json().get("learningRate");
        assertThat(rates.get(59).doubleValue()).isEqualTo(0.001);
        assertThat(rates.get(60).doubleValue()).isEqualTo(0.5);
        assertThat(rates).hasSize(70);
    }

    @Test
    void forkThatCannotBeSaysWhy() {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        assertThat(fork(parent, "{}").status()).isEqualTo(422);
        assertThat(fork(parent, "{\"steps\": 60}").body()).contains("/steps").contains("60 steps behind it");
        assertThat(fork(parent, "{\"step\": 7, \"steps\": 90}").body())
                .contains("/step")
                .contains("[60]");
        assertThat(fork(parent, "{\"seed\": 7}").status()).isEqualTo(422);
        String cancelled = jobs.submit(JobClient.request(
                jobs.parabola(10), "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000}}}"));
        jobs.cancel(cancelled);
        assertThat(fork(jobs.awaitState(cancelled, "CANCELLED"), "{}").status()).isEqualTo(409);
        assertThat(jobs.http
                        .post(JOBS + "/job_00000000000000000000000000/fork", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void cancelledJobCanBeTriedAgainAndAFinishedOneCannot() {
        JsonNode done = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        assertThat(jobs.http.post(JOBS + "/" + id(done) + "/retry", "").status())
                .isEqualTo(409);
        String diverging = """
                {"steps": 500, "optimizer": {"type": "sgd", "learningRate": 1e200}}""";
        String failed = jobs.submit(JobClient.request(jobs.parabola(50), diverging));
        JsonNode ended = jobs.awaitState(failed, "FAILED");
        Answer again = jobs.http.post(JOBS + "/" + failed + "/retry", "");
        assertThat(again.status()).as(again.body()).isEqualTo(202);
        assertThat(again.json().get("retryOf").stringValue()).isEqualTo(failed);
        assertThat(again.json().get("spec")).isEqualTo(ended.get("spec"));
        jobs.awaitState(id(again.json()), "FAILED");
    }

    @Test
    void forkThatIsTriedAgainBeginsWhereItBegan() {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        for (boolean waiting : new boolean[] {false, true}) {
            JsonNode fork = fork(parent, "{\"steps\": 200000}").json();
            jobs.http.post(JOBS + "/" + id(fork) + (waiting ? "/pause" : "/cancel"), "");
            jobs.cancel(id(fork));
            jobs.awaitState(id(fork), "CANCELLED");
            assertThat(jobs.http
                            .get(JOBS + "/" + id(fork) + "/loss-curve")
                            .json()
                            .get("steps"))
                    .as("what its parent recorded stays")
                    .hasSizeGreaterThanOrEqualTo(60);
            Answer again = jobs.http.post(JOBS + "/" + id(fork) + "/retry", "");
            assertThat(again.status()).as(again.body()).isEqualTo(202);
            assertThat(again.json().get("retryOf")).isEqualTo(fork.get("id"));
            assertThat(again.json().get("forkedFrom")).isEqualTo(parent.get("id"));
            assertThat(again.json().get("forkedStep").intValue()).isEqualTo(60);
            JsonNode beginning = jobs.awaitState(id(again.json()), "SUCCEEDED");
            JsonNode first = jobs.http
                    .get(JOBS + "/" + id(beginning) + "/provenance")
                    .json()
                    .get("attempts")
                    .get(0)
                    .get("beginning");
            assertThat(first.get("step").intValue()).isEqualTo(60);
            assertThat(first.get("weightsSha256").stringValue()).isEqualTo(weights(parent));
        }
    }

    @Test
    void failedForkThatIsTriedAgainBeginsWhereItBegan() {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(50), SPEC.formatted(60)));
        JsonNode fork = fork(parent, """
                {"steps": 500, "optimizer": {"type": "sgd", "learningRate": 1e200}}""").json();
        jobs.awaitState(id(fork), "FAILED");
        JsonNode again = jobs.http.post(JOBS + "/" + id(fork) + "/retry", "").json();
        jobs.awaitState(id(again), "FAILED");
        assertThat(series(again, "loss-curve")).isEqualTo(series(fork, "loss-curve"));
    }

    private JsonNode forked(JsonNode parent, String changes) {
        Answer answer = fork(parent, changes);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return jobs.awaitState(id(answer.json()), "SUCCEEDED");
    }

    private Answer fork(JsonNode parent, String changes) {
        return jobs.http.post(JOBS + "/" + id(parent) + "/fork", changes);
    }

    private String series(JsonNode job, String name) {
        return jobs.http.get(JOBS + "/" + id(job) + "/" + name).body();
    }

    private String weights(JsonNode job) {
        return jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json()
                .get("weightsSha256")
                .stringValue();
    }

    private static String id(JsonNode resource) {
        return resource.get("id").stringValue();
    }
}
