package dev.descent.training;

import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.Application;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The process is killed while it trains; the next one has everything that was accepted.
class KillTest {

    @TempDir
    Path root;

    @Test
    void killedServiceForgetsNothingAndTrainsTheSameModel() throws Exception {
        int port = freePort();
        var jobs = new JobClient(port);
        String undisturbed;
        String disturbed;
        String waiting;
        Process first = start(port);
        try {
            awaitReady(jobs);
            String data = jobs.parabola(100);
            var request = request(data, """
                    {"steps": 400000, "batches": {"type": "sampled", "size": 20},
                     "optimizer": {"type": "adam", "learningRate": 0.001}}""");
            undisturbed = jobs.submit(request);
            jobs.awaitState(undisturbed, "SUCCEEDED");
            disturbed = jobs.submit(request);
            waiting = jobs.submit(request(data));
            await().until(
                            () -> jobs.get(disturbed).get("progress"),
                            progress ->
                                    !progress.isNull() && progress.get("step").longValue() > 0);
        } finally {
            first.destroyForcibly().waitFor();
        }
        Process second = start(port);
        try {
            awaitReady(jobs);
            JsonNode again = jobs.awaitState(disturbed, "SUCCEEDED");
            assertThat(again.get("attempt").intValue()).isEqualTo(2);
            assertThat(digest(jobs, again)).isEqualTo(digest(jobs, jobs.get(undisturbed)));
            jobs.awaitState(waiting, "SUCCEEDED");
            for (String id : List.of(undisturbed, disturbed)) {
                JsonNode curve =
                        jobs.http.get(JobClient.JOBS + "/" + id + "/loss-curve").json();
                assertThat(curve.get("steps")).hasSize(400_000);
            }
        } finally {
            second.destroy();
            assertThat(second.waitFor(20, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static String digest(JobClient jobs, JsonNode job) {
        return jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json()
                .findValue("weightsSha256")
                .stringValue();
    }

    private Process start(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                "--server.port=" + port,
                "--descent.data-directory=" + root));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolveSibling(root.getFileName() + ".log").toFile())
                .start();
    }

    private static void awaitReady(JobClient jobs) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> jobs.http.get("/actuator/health/readiness").status() == 200);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
