package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Twelve jobs are killed and paused at random moments, under 1, 2 and 4 threads, with and without vectors, and end
/// with the weights, the loss curve and the gradients of an undisturbed run, byte for byte.
@Proof
class SameBitsTest {

    private static final int KILLS = Extent.of("bit-kills", 4, 30);
    private static final long STEPS = Extent.full() ? 1_000_000 : 60_000;
    private static final int[] THREADS = {1, 2, 4};
    private static final double LONGEST_SECONDS = 3;
    /// Between two kills.
    private static final int LEAST_PAUSES = 4;
    private static final String[] PROPERTIES = {
        "--descent.training.workers=2",
        "--descent.training.crash-limit=100000",
        "--descent.training.checkpoint-interval=300ms"
    };

    @Test
    void disturbedRunsLeaveTheBytesOfAnUndisturbedOne(@TempDir Path folder) throws Exception {
        Random random = Extent.random("Same bits");
        List<String> specs = TwelveSpecs.of(STEPS);
        List<Left> undisturbed = undisturbed(folder.resolve("undisturbed"), specs);
        assertThat(undisturbed.stream().map(Left::weights)).doesNotHaveDuplicates();

        Path data = folder.resolve("disturbed");
        List<String> jobs = new ArrayList<>();
        int asked = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServiceProcess service = start(data, kill)) {
                Http api = service.api();
                if (jobs.isEmpty()) {
                    jobs.addAll(submitted(api, specs));
                }
                asked += disturb(api, random);
                service.kill();
            }
        }
        try (ServiceProcess service = start(data, KILLS)) {
            Http api = service.api();
            drain(api);
            int attempts = 0;
            int pauses = 0;
            int equal = 0;
            List<String> faults = new ArrayList<>();
            for (int i = 0; i < jobs.size(); i++) {
                JobLife life = JobLife.read(api, jobs.get(i));
                faults.addAll(life.faults());
                attempts += life.job().get("attempt").intValue();
                pauses += (int) life.states().stream().filter("PAUSED"::equals).count();
                if (Left.of(api, jobs.get(i)).equals(undisturbed.get(i % specs.size()))) {
                    equal++;
                } else {
                    faults.add(jobs.get(i) + " of spec " + i % specs.size() + " left other bytes: " + life.states());
                }
            }
            System.out.printf(
                    "Same bits: %d specs, %d runs under 1, 2 and 4 threads; %d kills, %d pauses (%d asked), %d attempts;"
                            + " weights, loss curves and gradients equal %d/%d%n",
                    specs.size(), jobs.size(), KILLS, pauses, asked, attempts, equal, jobs.size());
            assertThat(faults).isEmpty();
            assertThat(attempts).as("runs were disturbed").isGreaterThan(jobs.size());
            assertThat(pauses).as("runs were paused").isGreaterThan(2 * KILLS);
        }
    }

    private static ServiceProcess start(Path data, int number) throws IOException {
        return number % 2 == 0
                ? ServiceProcess.start(data, PROPERTIES)
                : ServiceProcess.startWithoutVectors(data, PROPERTIES);
    }

    private static List<Left> undisturbed(Path data, List<String> specs) throws IOException {
        try (ServiceProcess service = ServiceProcess.start(data, PROPERTIES)) {
            Http api = service.api();
            TwelveSpecs.data(api);
            List<String> jobs = specs.stream().map(spec -> submit(api, spec, 1)).toList();
            drain(api);
            return jobs.stream().map(job -> Left.of(api, job)).toList();
        }
    }

    /// Every spec once, under a number of threads that differs; in full under each number.
    private static List<String> submitted(Http api, List<String> specs) {
        TwelveSpecs.data(api);
        List<String> jobs = new ArrayList<>();
        for (int round = 0; round < (Extent.full() ? THREADS.length : 1); round++) {
            for (int i = 0; i < specs.size(); i++) {
                jobs.add(submit(api, specs.get(i), THREADS[(i + round) % THREADS.length]));
            }
        }
        return jobs;
    }

    /// Pauses and resumes some jobs for a while, and longer where too few could be paused; returns how many were to be.
    private static int disturb(Http api, Random random) {
        long end = System.nanoTime() + (long) (1e9 * random.nextDouble(0.5, LONGEST_SECONDS));
        int pauses = 0;
        boolean unfinished = true;
        while (System.nanoTime() < end || unfinished && pauses < LEAST_PAUSES) {
            unfinished = false;
            for (JsonNode job : api.get("/training-jobs?limit=500").get("data")) {
                String path = "/training-jobs/" + job.get("id").stringValue();
                unfinished |= job.get("finishedAt").isNull();
                switch (job.get("state").stringValue()) {
                    case "RUNNING" ->
                        pauses +=
                                random.nextBoolean() && api.ask(path + "/pause").status() == 202 ? 1 : 0;
                    case "PAUSED" -> {
                        if (random.nextBoolean()) {
                            api.ask(path + "/resume");
                        }
                    }
                    default -> {}
                }
            }
            LockSupport.parkNanos(random.nextLong(100_000_000));
        }
        return pauses;
    }

    private static void drain(Http api) {
        Awaitility.await().atMost(Duration.ofMinutes(20)).until(() -> {
            page(api, "PAUSED")
                    .forEach(job -> api.ask("/training-jobs/" + job.get("id").stringValue() + "/resume"));
            return List.of("QUEUED", "RUNNING", "PAUSING", "PAUSED", "CANCELLING").stream()
                    .allMatch(state -> page(api, state).isEmpty());
        });
    }

    private static JsonNode page(Http api, String state) {
        return api.get("/training-jobs?limit=500&state=" + state).get("data");
    }

    private static String submit(Http api, String spec, int threads) {
        return api.post("/training-jobs", spec.replace("THREADS", Integer.toString(threads)), 202)
                .get("id")
                .stringValue();
    }
}
