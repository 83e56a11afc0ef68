package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.command.Fsck;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The data directory on a file system of its own, which is filled to the last byte while a job runs, and then
/// enlarged.
@Proof
class FullDiskTest {

    private static final String JOB = """
            {"datasetId": "parabola", "features": ["one", "x"], "target": "y", "steps": %d, "seed": 3,
             "network": {"inputs": 2, "layers": [{"type": "dense", "units": 4, "activation": "relu"},
                                                 {"type": "dense", "units": 1}]},
             "optimizer": {"type": "sgd", "learningRate": 0.001}, "batches": {"type": "sampled", "size": 20},
             "record": {"loss": {"every": 10}}}""";

    @TempDir
    Path folder;

    @Test
    void fullDiskRefusesWritesLosesNothingAndRecoversByItself() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        if (!succeeds("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString())) {
            System.out.println("NOT proven here: no file system can be mounted (that needs root)");
            return;
        }
        try {
            prove(disk);
        } finally {
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    private static void prove(Path disk) throws Exception {
        Path data = disk.resolve("data");
        var session = new Session();
        try (ServiceProcess service =
                ServiceProcess.start(data, "--descent.storage.reserve=0B", "--descent.training.workers=1")) {
            Http api = service.api();
            var root = new Http(service.address());
            session.run(api, true);
            api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201);
            String running = api.post("/training-jobs", JOB.formatted(3_000_000), 202)
                    .get("id")
                    .stringValue();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> api.get("/training-jobs/" + running)
                                    .at("/progress/step")
                                    .asLong(0)
                            > 0);
            fill(disk.resolve("ballast"));

            int before = session.refused();
            for (int i = 0; i < 20; i++) {
                session.upload(api);
            }
            assertThat(session.refused() - before).as("uploads refused").isEqualTo(20);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status(root, "/actuator/health") == 503);
            assertThat(status(root, "/actuator/health/liveness")).isEqualTo(200);
            assertThat(status(root, "/actuator/health/readiness")).isEqualTo(200);
            assertThat(api.get("/datasets").get("data")).isNotEmpty();
            assertThat(api.get("/datasets/" + dataset(api) + "/rows").get("rows"))
                    .hasSize(50);
            HttpResponse<byte[]> refused = api.any(
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JOB.formatted(100))),
                    "/training-jobs");
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(api.get("/training-jobs/" + running).get("state").stringValue())
                    .isIn("RUNNING", "QUEUED");

            assertThat(succeeds("mount", "-o", "remount,size=192m", disk.toString()))
                    .isTrue();
            long begin = System.nanoTime();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> session.upload(api) != null);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "Full disk: %d writes refused with 507, writes taken again %.1f s after there was room%n",
                    session.refused(), seconds);
            assertThat(seconds).isLessThan(5);

            String undisturbed = api.post("/training-jobs", JOB.formatted(3_000_000), 202)
                    .get("id")
                    .stringValue();
            assertThat(weights(api, running)).isEqualTo(weights(api, undisturbed));
            session.verify(api);
            assertThat(service.terminate()).isIn(0, 143);
        }
        Fsck fsck = Fsck.of(data);
        assertThat(fsck.clean()).as(fsck.output()).isTrue();
        assertThat(fsck.output()).doesNotContain("(temporary)", "(run)");
    }

    private static String dataset(Http api) {
        return api.get("/datasets?q=parabola").at("/data/0/id").stringValue();
    }

    private static String weights(Http api, String job) {
        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> api.get("/training-jobs/" + job),
                        found -> !found.get("finishedAt").isNull());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return api.get("/models/" + ended.get("modelId").stringValue())
                .get("weightsSha256")
                .stringValue();
    }

    private static int status(Http root, String path) throws IOException {
        return root.any(HttpRequest.newBuilder().GET(), path).statusCode();
    }

    /// Writes until nothing more fits.
    private static void fill(Path ballast) {
        for (int size : new int[] {1 << 20, 1 << 12, 1}) {
            try (OutputStream out =
                    Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(new byte[size]);
                }
            } catch (IOException full) {
                continue;
            }
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
