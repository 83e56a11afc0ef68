package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.storage.DataDirectory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@BootedService
class PausedJobsTest {

    private static final String EVERYTHING = """
            {"steps": %d, "batches": {"type": "shuffled", "size": 7}, "optimizer": {"type": "adam", "learningRate": 0.001},
             "schedule": {"type": "reduceOnPlateau"}, "split": {"validation": 0.2}, "metrics": ["r2"],
             "network": {"inputs": 2, "layers": [{"type": "dense", "units": 16, "activation": "tanh"},
                         {"type": "dropout", "rate": 0.2}, {"type": "dense", "units": 1}]},
             "record": {"loss": {"every": 300}, "gradients": {"what": "values", "every": 50000},
                        "weights": {"what": "histograms", "every": 5000},
                        "activations": {"what": "values", "every": 50000}}}
            """;

    private static final String ENDLESS = "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000}}}";

    private final JobClient jobs;
    private final DataDirectory directory;
    private final JdbcClient database;

    PausedJobsTest(@LocalServerPort int port, @Autowired DataDirectory directory, @Autowired JdbcClient database) {
        jobs = new JobClient(port);
        this.directory = directory;
        this.database = database;
    }

    @Test
    void jobThatWasPausedEndsWithTheBitsOfOneThatWasNot() {
        ObjectNode request = JobClient.request(jobs.parabola(60), EVERYTHING.formatted(1_000_000));
        JsonNode undisturbed = jobs.run(request);
        String id = jobs.submit(request);
        for (int pause = 1; pause <= 2; pause++) {
            long before = step(id);
            await().until(() -> step(id) > before);
            assertThat(act(id, "pause").status()).isEqualTo(202);
            long paused =
                    jobs.awaitState(id, "PAUSED").get("progress").get("step").longValue();
            assertThat(paused).isGreaterThan(before);
            JsonNode last = checkpoints(id).get(0);
            assertThat(last.get("step").longValue()).isEqualTo(paused);
            assertThat(last.get("attempt").intValue()).isEqualTo(pause);
            assertThat(curve(id).get("steps").size()).isGreaterThanOrEqualTo((int) (paused / 300));
            assertThat(act(id, "resume").status()).isEqualTo(202);
        }
        JsonNode job = jobs.awaitState(id, "SUCCEEDED");
        assertThat(job.get("attempt").intValue()).isEqualTo(3);
        for (String series : List.of("loss-curve", "gradients", "weights")) {
            assertThat(body(id, series)).isEqualTo(body(undisturbed.get("id").stringValue(), series));
        }
        assertThat(weights(job)).isEqualTo(weights(undisturbed));
        await().untilAsserted(() -> assertThat(directory.runs()).isEmptyDirectory());
    }

    @Test
    void waitingJobIsPausedAtOnceAndResumed() {
        String data = jobs.parabola(10);
        String busy = jobs.submit(JobClient.request(data, ENDLESS));
        jobs.awaitState(busy, "RUNNING");
        String waiting = jobs.submit(JobClient.request(data));
        assertThat(act(waiting, "pause").json().get("state").stringValue()).isEqualTo("PAUSED");
        assertThat(act(waiting, "pause").status()).isEqualTo(202);
        jobs.cancel(busy);
        jobs.awaitState(busy, "CANCELLED");
        jobs.run(JobClient.request(data));
        assertThat(jobs.state(waiting)).isEqualTo("PAUSED");
        assertThat(act(waiting, "resume").status()).isEqualTo(202);
        jobs.awaitState(waiting, "SUCCEEDED");
    }

    @Test
    void pausedJobThatIsCancelledKeepsItsCurveAndNothingElse() {
        String id = jobs.submit(JobClient.request(jobs.parabola(10), ENDLESS));
        await().until(() -> step(id) > 2000);
        act(id, "pause");
        jobs.awaitState(id, "PAUSED");
        int recorded = curve(id).get("steps").size();
        assertThat(jobs.cancel(id).json().get("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(checkpoints(id)).isEmpty();
        assertThat(curve(id).get("steps").size()).isEqualTo(recorded).isPositive();
        await().untilAsserted(() -> assertThat(directory.runs()).isEmptyDirectory());
    }

    @Test
    void runningJobThatIsCancelledLosesItsCheckpoints() {
        String id = jobs.submit(JobClient.request(jobs.parabola(10), ENDLESS));
        await().until(() -> step(id) > 2000);
        act(id, "pause");
        jobs.awaitState(id, "PAUSED");
        assertThat(checkpoints(id)).hasSize(1);
        act(id, "resume");
        jobs.awaitState(id, "RUNNING");
        jobs.cancel(id);
        jobs.awaitState(id, "CANCELLED");
        assertThat(checkpoints(id)).isEmpty();
        assertThat(curve(id).get("steps").size()).isPositive();
    }

    /// As of a version whose specs have a component more.
    @Test
    void jobWhoseCheckpointIsOfAnotherSpecSaysWhereItStandsAndWhatDiffers() {
        String id = jobs.submit(JobClient.request(jobs.parabola(10), ENDLESS));
        await().until(() -> step(id) > 2000);
        act(id, "pause");
        long step = jobs.awaitState(id, "PAUSED").get("progress").get("step").longValue();
        database.sql("update job set spec = replace(spec, '\"seed\":10', '\"seed\":11') where id = ?")
                .param(id)
                .update();
        act(id, "resume");
        JsonNode failed = jobs.awaitState(id, "FAILED");
        assertThat(failed.get("reason").stringValue()).isEqualTo("INTERNAL");
        assertThat(failed.get("message").stringValue())
                .isEqualTo("The job cannot go on from its checkpoint at step " + step
                        + ", which another version of Descent may have written: the checkpoint was taken of a run with"
                        + " 10 and cannot go on with 11. A retry begins where the job began.");
    }

    @Test
    void whatCannotBePausedOrResumedSaysSo() {
        String ended = jobs.run(JobClient.request(jobs.parabola(10))).get("id").stringValue();
        assertThat(act(ended, "pause").status()).isEqualTo(409);
        assertThat(act(ended, "resume").status()).isEqualTo(409);
        assertThat(act(ended, "resume").body()).contains("SUCCEEDED");
        String running = jobs.submit(JobClient.request(jobs.parabola(10), ENDLESS));
        jobs.awaitState(running, "RUNNING");
        assertThat(act(running, "resume").status()).isEqualTo(409);
        jobs.cancel(running);
        jobs.awaitState(running, "CANCELLED");
        assertThat(act(running, "pause").status()).isEqualTo(409);
        assertThat(act("job_00000000000000000000000000", "pause").status()).isEqualTo(404);
    }

    private Answer act(String id, String what) {
        return jobs.http.post(JOBS + "/" + id + "/" + what, "");
    }

    private long step(String id) {
        return jobs.get(id).get("progress").get("step").longValue();
    }

    private JsonNode checkpoints(String id) {
        return jobs.http.get(JOBS + "/" + id + "/checkpoints").json().get("data");
    }

    private JsonNode curve(String id) {
        return jobs.http.get(JOBS + "/" + id + "/loss-curve").json();
    }

    private String body(String id, String series) {
        return jobs.http.get(JOBS + "/" + id + "/" + series).body();
    }

    private String weights(JsonNode job) {
        return jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json()
                .get("weightsSha256")
                .stringValue();
    }
}
