package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestPostgres;
import dev.descent.system.Http.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three processes work on one queue in PostgreSQL and one folder, and are killed or stand still at random. Each job
/// ends once, with the bytes of an undisturbed run, whoever worked on it and however many did at once.
@Proof
class ClusterTest {

    private static final int JOBS = Extent.of("cluster-jobs", 96, 2000);
    private static final long STEPS = 200_000;
    private static final int NODES = 3;
    private static final int LEASE_SECONDS = Extent.full() ? 30 : 3;
    private static final Duration TAKEOVER = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void everyJobEndsOnceThoughProcessesDieOrStandStill(@TempDir Path folder) throws Exception {
        Random random = Extent.random("Cluster");
        String database = TestPostgres.url(folder);
        try (var cluster = new Cluster(
                        folder.resolve("data"),
                        NODES,
                        "--descent.database.url=" + database,
                        "--descent.training.workers=2",
                        "--descent.training.crash-limit=100000",
                        "--descent.training.checkpoint-interval=1s",
                        "--descent.training.lease=" + LEASE_SECONDS + "s");
                History history = History.of("cluster")) {
            List<Left> undisturbed = undisturbed(cluster.first().api());
            Thread nemesis = Thread.ofVirtual().start(() -> cluster.disturb(random.nextLong(), LEASE_SECONDS));
            Map<String, Integer> jobs = submitted(cluster, history, random);
            Awaitility.await()
                    .atMost(Duration.ofHours(5))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> unfinished(database) == 0);
            cluster.calm();
            nemesis.join();
            check(cluster, database, jobs, undisturbed, history);
        }
    }

    @Test
    void deadProcessesJobGoesOnInAnotherWithinFortySecondsAndItsWatchersSeeIt(@TempDir Path folder) throws Exception {
        String database = "--descent.database.url=" + TestPostgres.url(folder);
        Path data = folder.resolve("data");
        try (ServiceProcess first = ServiceProcess.start(data, database, "--descent.training.workers=1")) {
            TwelveSpecs.data(first.api());
            String spec = TwelveSpecs.of(100_000_000).getFirst().replace("THREADS", "1");
            String job = first.api().post("/training-jobs", spec, 202).get("id").stringValue();
            awaitRunning(first.api(), job, 1);
            try (ServiceProcess second = ServiceProcess.start(data, database, "--descent.training.workers=1")) {
                int told = JobLife.read(second.api(), job).events().size();
                var watcher = new EventClient(job, second::address, () -> 0);
                Thread watching = Thread.ofVirtual().start(watcher);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> watcher.events().size() >= told + 5);
                long killed = System.nanoTime();
                first.kill();
                awaitRunning(second.api(), job, 2);
                double seconds = (System.nanoTime() - killed) / 1e9;
                second.api().post("/training-jobs/" + job + "/cancel", "", 202);
                watching.join();
                JobLife life = JobLife.read(second.api(), job);
                System.out.printf(
                        "Takeover: %.1f s after the death of a process another ran its job (lease 30 s); a watcher on"
                                + " the other process saw %d events, at most %d ms after they happened%n",
                        seconds, watcher.events().size(), latest(watcher, life.events()));
                assertThat(seconds).isLessThan(TAKEOVER.toSeconds());
                assertThat(watcher.fault()).isNull();
                assertThat(life.faults()).isEmpty();
                assertThat(watcher.events()).hasSameSizeAs(life.events());
            }
        }
    }

    private static List<Left> undisturbed(Http api) {
        TwelveSpecs.data(api);
        List<String> jobs = TwelveSpecs.of(STEPS).stream()
                .map(spec -> api.post("/training-jobs", spec.replace("THREADS", "1"), 202)
                        .get("id")
                        .stringValue())
                .toList();
        jobs.forEach(job -> Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> !api.get("/training-jobs/" + job).get("finishedAt").isNull()));
        return jobs.stream().map(job -> Left.of(api, job)).toList();
    }

    /// Each job is asked for under a key until some process says that it has it; returns which of the specs it is of.
    private static Map<String, Integer> submitted(Cluster cluster, History history, Random random) {
        List<String> specs = TwelveSpecs.of(STEPS);
        Map<String, Integer> jobs = new LinkedHashMap<>();
        for (int i = 0; i < JOBS; i++) {
            String key = "job-" + i;
            int spec = i % specs.size();
            String body = specs.get(spec).replace("NAME", key).replace("THREADS", "1");
            Optional<Answer> answer = Optional.empty();
            while (answer.filter(given -> given.status() == 202).isEmpty()) {
                Http api = cluster.any(random).api(PATIENCE);
                answer = history.ask(
                        "client", "submit " + key, () -> api.ask("/training-jobs", body, "Idempotency-Key", key));
            }
            jobs.put(answer.get().field("id"), spec);
        }
        return jobs;
    }

    private static void check(
            Cluster cluster, String database, Map<String, Integer> jobs, List<Left> undisturbed, History history)
            throws Exception {
        Http api = cluster.first().api();
        List<String> faults = new ArrayList<>();
        int attempts = 0;
        int equal = 0;
        for (Map.Entry<String, Integer> job : jobs.entrySet()) {
            JobLife life = JobLife.read(api, job.getKey());
            faults.addAll(life.faults());
            attempts += life.job().get("attempt").intValue();
            if (!life.state().equals("SUCCEEDED")) {
                faults.add(job.getKey() + " is " + life.state() + ": " + life.job());
            } else if (Left.of(api, job.getKey()).equals(undisturbed.get(job.getValue()))) {
                equal++;
            } else {
                faults.add(job.getKey() + " of spec " + job.getValue() + " left other bytes: " + life.states());
            }
        }
        long rows = count(database, "select count(*) from job");
        long models = count(database, "select count(*) from model");
        long doubled = Math.abs(rows - jobs.size() - undisturbed.size()) + Math.abs(models - rows);
        if (doubled > 0) {
            faults.add(
                    rows + " jobs and " + models + " models of " + (jobs.size() + undisturbed.size()) + " submissions");
        }
        long overlaps = cluster.logged("is no longer attempt");
        System.out.printf(
                "Cluster: %d processes, %d jobs, %d attempts, %s, %s; attempts that found their job taken over %d;"
                        + " jobs or models too many or too few %d; weights, loss curves and gradients equal %d/%d;"
                        + " faults %d%n",
                NODES, jobs.size(), attempts, cluster, history, overlaps, doubled, equal, jobs.size(), faults.size());
        assertThat(faults).isEmpty();
        assertThat(history.defects()).isZero();
        assertThat(overlaps).as("two attempts at one job at once were seen").isPositive();
    }

    private static long unfinished(String database) throws SQLException {
        return count(database, "select count(*) from job where state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')");
    }

    private static long count(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static void awaitRunning(Http api, String job, int attempt) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            JsonNode found = api.get("/training-jobs/" + job);
            return found.get("state").stringValue().equals("RUNNING")
                    && found.get("attempt").intValue() == attempt;
        });
    }

    /// The most milliseconds from an event to its client, of those that happened while the client was connected.
    private static long latest(EventClient watcher, List<JsonNode> stored) {
        long latest = 0;
        for (int i = 0; i < watcher.events().size(); i++) {
            EventClient.Event seen = watcher.events().get(i);
            long happened =
                    Instant.parse(stored.get(i).get("createdAt").stringValue()).toEpochMilli();
            latest = happened >= seen.since() ? Math.max(latest, seen.millis() - happened) : latest;
        }
        return latest;
    }
}
