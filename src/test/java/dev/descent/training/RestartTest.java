package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.Application;
import dev.descent.Client.Answer;
import dev.descent.storage.TestStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// What a service that stops leaves behind, and what the next one makes of it.
class RestartTest {

    private static final String ENDLESS = "{\"steps\": 2000000000, \"record\": {\"loss\": {\"every\": 1000000}}}";

    @TempDir
    Path root;

    @Test
    void stoppedServiceLosesNoJob() throws Exception {
        String running;
        String address;
        List<String> waiting = new ArrayList<>();
        try (var service = start("--descent.training.queue-limit=2", "--descent.training.stream-limit=1")) {
            var jobs = client(service);
            String data = jobs.parabola(100);
            running = jobs.submit(request(data, ENDLESS));
            jobs.awaitState(running, "RUNNING");
            JsonNode experiment = experiment(jobs, data);
            waiting.addAll(experiment.get("variants").findValuesAsString("jobId"));
            address = "/api/v1/experiments/" + experiment.get("id").stringValue();
            assertThatTheQueueIsFull(jobs, data);

            Streamed stream = Streamed.open(jobs.port(), JOBS + "/" + running + "/events");
            stream.awaitLine("event:progress");
            Answer second = jobs.http.get(JOBS + "/" + running + "/events");
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.problem()).isEqualTo("too-many-streams");
            service.close();
            assertThat(stream.lines()).contains("retry:2000", Streamed.FAREWELL).doesNotContain("event:end");
        }
        try (var storage = new TestStorage(root, Clock.systemUTC())) {
            assertThat(storage.directory().runs()).isDirectoryContaining("glob:**/" + running + "-1");
            List<String> rows = storage.database()
                    .sql("select id, state, fence, crashes from job order by id")
                    .query((row, number) -> row.getString("id") + " " + row.getString("state") + " "
                            + row.getLong("fence") + " " + row.getInt("crashes"))
                    .list();
            assertThat(rows)
                    .containsExactly(
                            running + " QUEUED 1 0", waiting.get(0) + " QUEUED 0 0", waiting.get(1) + " QUEUED 0 0");
            pretendACrash(storage, waiting.get(0), "RUNNING");
            pretendACrash(storage, waiting.get(1), "CANCELLING");
        }
        try (var service = start()) {
            var jobs = client(service);
            jobs.awaitState(running, "RUNNING");
            assertThat(jobs.get(running).get("attempt").intValue()).isEqualTo(2);
            assertThat(jobs.state(waiting.get(1))).isEqualTo("CANCELLED");
            jobs.cancel(running);
            JsonNode crashed = jobs.awaitState(waiting.get(0), "SUCCEEDED");
            assertThat(crashed.get("attempt").intValue()).isEqualTo(8);
            assertThat(crashed.get("modelId").isNull()).isFalse();
            JsonNode experiment = jobs.http.get(address).json();
            assertThat(experiment.get("state").stringValue()).isEqualTo("ENDED");
            assertThat(experiment.get("variants").findValuesAsString("state"))
                    .containsExactly("SUCCEEDED", "CANCELLED");
            JsonNode surface = jobs.http.get(address + "/loss-surface?points=2").json();
            assertThat(surface.at("/paths/0/steps")).hasSize(21);
            assertThat(surface.get("leftOut").findValuesAsString("name")).containsExactly("adam");
        }
        assertThat(root.resolve("runs")).isEmptyDirectory();
    }

    private static JsonNode experiment(JobClient jobs, String data) {
        var job = request(data);
        job.remove("name");
        Answer answer = jobs.http.post(
                "/api/v1/experiments",
                "{\"job\": " + job + ", \"variants\": ["
                        + "{\"name\": \"sgd\"}, {\"name\": \"adam\", \"optimizer\": \"adam\"}]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json();
    }

    private static void assertThatTheQueueIsFull(JobClient jobs, String data) {
        Answer refused = jobs.post(request(data));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("queue-full");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 3600);
        assertThat(jobs.http.get(JOBS).json().get("data")).hasSize(3);
    }

    /// The job was at its 7th attempt, which left a file.
    private static void pretendACrash(TestStorage storage, String id, String state) throws Exception {
        storage.database()
                .sql("update job set state = ?, fence = 7, owner = 'gone' where id = ?")
                .param(state)
                .param(id)
                .update();
        Path run = Files.createDirectory(storage.directory().runs().resolve(id + "-7"));
        Files.writeString(run.resolve("loss"), "half");
    }

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--server.port=0");
        arguments.add("--descent.data-directory=" + root);
        arguments.add("--descent.training.workers=1");
        return SpringApplication.run(Application.class, arguments.toArray(new String[0]));
    }

    private static JobClient client(ConfigurableApplicationContext service) {
        return new JobClient(
                ((ServletWebServerApplicationContext) service).getWebServer().getPort());
    }
}
