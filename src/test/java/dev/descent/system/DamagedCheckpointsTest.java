package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.command.Fsck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import tools.jackson.databind.JsonNode;

/// Whatever happens to the checkpoints and recordings of jobs that are paused or were running when the service died,
/// the jobs end with the bytes of an undisturbed run, from an earlier checkpoint or from the start. K6 of the proofs.
@Proof
class DamagedCheckpointsTest {

    private static final int FLIPS = Extent.of("checkpoint-flips", 40, 200);
    private static final int CUTS = Extent.of("checkpoint-cuts", 10, 50);
    private static final long STEPS = 800_000;
    private static final int WORKERS = 2;
    private static final String[] PROPERTIES = {"--descent.training.workers=" + WORKERS, "--descent.training.tick=20ms"
    };
    private static final String PASSED_OVER = "is passed over";

    /// A file that is not what was written: how, and whose job suffers from it.
    private record Hit(String job, String what, String sha256) {}

    @TempDir
    Path folder;

    @Test
    void jobsWhoseCheckpointsAreDamagedEndWithTheBytesOfAnUndisturbedRun() throws Exception {
        Path data = folder.resolve("data");
        var random = new Random(DamageTest.SEED);
        int trials = FLIPS + CUTS + 6;
        List<String> jobs = new ArrayList<>();
        String other;
        Left undisturbed;
        try (ServiceProcess service = ServiceProcess.start(data, PROPERTIES)) {
            Http api = service.api();
            TwelveSpecs.data(api);
            String reference = submit(api, spec());
            DamageTest.awaitEnd(api, reference);
            undisturbed = Left.of(api, reference);
            other = paused(api, TwelveSpecs.of(STEPS).get(1));
            for (int i = 0; i < trials; i++) {
                jobs.add(paused(api, spec()));
            }
            List<String> running = jobs.subList(trials - WORKERS, trials);
            running.forEach(job -> api.post("/training-jobs/" + job + "/resume", "", 202));
            running.forEach(job -> await(api, "/training-jobs/" + job, DamagedCheckpointsTest::isRunning));
            service.kill();
        }
        List<Hit> hits = damage(data, jobs, other, random);
        String found = Fsck.of(data).output();
        try (ServiceProcess service = ServiceProcess.start(data, PROPERTIES)) {
            Http api = service.api();
            List<String> faults = new ArrayList<>();
            jobs.subList(0, trials - WORKERS).forEach(job -> api.post("/training-jobs/" + job + "/resume", "", 202));
            for (String job : jobs) {
                DamageTest.awaitEnd(api, job);
                JobLife life = JobLife.read(api, job);
                faults.addAll(life.faults());
                if (!Left.of(api, job).equals(undisturbed)) {
                    faults.add(job + " left other bytes: " + life.states());
                }
            }
            List<String> log = service.log().lines().toList();
            long silent = hits.stream()
                    .filter(hit -> log.stream().noneMatch(line -> line.contains(PASSED_OVER) && line.contains(hit.job)))
                    .peek(hit -> System.out.println("SILENT: " + hit))
                    .count();
            List<Hit> files = hits.stream().filter(hit -> !hit.sha256.isEmpty()).toList();
            long unseen =
                    files.stream().filter(hit -> !found.contains(hit.sha256)).count();
            System.out.printf(
                    "Damage to checkpoints: %d jobs, %d files damaged, silent %d, not found by fsck %d of %d;"
                            + " weights, loss curves and gradients equal %d/%d%n",
                    jobs.size(), hits.size(), silent, unseen, files.size(), jobs.size() - faults.size(), jobs.size());
            assertThat(faults).isEmpty();
            assertThat(silent).isZero();
            assertThat(unseen).isZero();
        }
    }

    /// One damage to each job: to the latest of its checkpoints, to that and the others, to what it recorded.
    private static List<Hit> damage(Path data, List<String> jobs, String other, Random random) throws Exception {
        List<Hit> hits = new ArrayList<>();
        byte[] foreign = Files.readAllBytes(
                DamageTest.blob(data, checkpoints(data, other).getFirst()));
        for (int i = 0; i < jobs.size(); i++) {
            String job = jobs.get(i);
            List<String> kept = checkpoints(data, job);
            assertThat(kept).as(job).hasSize(2);
            String latest = kept.getFirst();
            byte[] whole = Files.readAllBytes(DamageTest.blob(data, latest));
            List<Damage> all = Damage.of(whole, foreign, FLIPS, CUTS, random);
            if (i < all.size()) {
                hit(data, job, latest, all.get(i), hits);
            } else if (i == all.size()) {
                byte[] older = Files.readAllBytes(DamageTest.blob(data, kept.getLast()));
                hit(data, job, latest, new Damage("swap with an older one", older), hits);
            } else if (i == all.size() + 1) {
                for (String each : kept) {
                    byte[] bytes = Files.readAllBytes(DamageTest.blob(data, each));
                    hit(data, job, each, Damage.of(bytes, foreign, 1, 0, random).getFirst(), hits);
                }
            } else {
                try (Stream<Path> attempts = Files.list(data.resolve("runs"))) {
                    for (Path attempt : attempts.toList()) {
                        if (attempt.getFileName().toString().startsWith(job)) {
                            byte[] recorded = Files.readAllBytes(attempt.resolve("loss"));
                            recorded[0] ^= 1;
                            Files.write(attempt.resolve("loss"), recorded);
                        }
                    }
                }
                hits.add(new Hit(job, "flip in what was recorded", ""));
            }
        }
        return hits;
    }

    private static void hit(Path data, String job, String sha256, Damage damage, List<Hit> hits) throws IOException {
        DamageTest.write(DamageTest.blob(data, sha256), damage);
        hits.add(new Hit(job, damage.kind(), sha256));
    }

    /// A job that was paused twice, so that it has two checkpoints. Those that end before are left alone.
    private static String paused(Http api, String spec) {
        while (true) {
            String job = submit(api, spec);
            String path = "/training-jobs/" + job;
            if (pausedPast(api, path, 0)) {
                long step = api.get(path).at("/progress/step").longValue();
                api.post(path + "/resume", "", 202);
                if (pausedPast(api, path, step)) {
                    return job;
                }
            }
        }
    }

    /// Whether the job could be paused after more than so many steps.
    private static boolean pausedPast(Http api, String path, long step) {
        await(api, path, job -> isRunning(job) && job.at("/progress/step").longValue() > step);
        api.ask(path + "/pause");
        JsonNode paused = await(api, path, job -> job.get("state").stringValue().equals("PAUSED"));
        return paused.get("finishedAt").isNull();
    }

    private static boolean isRunning(JsonNode job) {
        return job.get("state").stringValue().equals("RUNNING");
    }

    /// Until the job is as wanted, or has ended.
    private static JsonNode await(Http api, String path, Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> api.get(path),
                        job -> wanted.test(job) || !job.get("finishedAt").isNull());
    }

    private static String spec() {
        return TwelveSpecs.of(STEPS).getFirst();
    }

    private static String submit(Http api, String spec) {
        return api.post("/training-jobs", spec.replace("THREADS", "1"), 202)
                .get("id")
                .stringValue();
    }

    /// The hashes of a job's checkpoints, the latest first.
    private static List<String> checkpoints(Path data, String job) throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("db/descent.db"));
        List<String> hashes = new ArrayList<>();
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(
                        "select sha256 from checkpoint where job_id = ? order by number desc")) {
            statement.setString(1, job);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    hashes.add(rows.getString(1));
                }
            }
        }
        return hashes;
    }
}
