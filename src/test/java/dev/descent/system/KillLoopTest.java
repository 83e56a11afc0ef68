package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.system.Http.Answer;
import dev.descent.system.KillLoopClient.Done;
import dev.descent.system.KillLoopClient.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The service is killed again and again at random moments, some of them before it is ready, under four clients that
/// want everything of it. At the end nothing that it promised is missing, and nothing is there twice.
@Proof
class KillLoopTest {

    private static final int KILLS = Extent.of("kills", 20, 300);
    private static final double LONGEST_SECONDS = Extent.full() ? 8 : 3;
    private static final double SHORTEST_SECONDS = 0.2;
    private static final int CLIENTS = 4;
    private static final long STEPS = Extent.full() ? 1_000_000 : 50_000;
    /// Random kills may hit one job any number of times; poison has a proof of its own.
    private static final String[] PROPERTIES = {"--descent.training.workers=2", "--descent.training.crash-limit=100000"
    };

    /// The interval of checkpoints, and the writing of one.
    private static final double MOST_LOST_SECONDS = 11;

    /// An attempt that was running when the service was killed.
    private record Running(long attempt, long since) {}

    private final List<Double> lost = new ArrayList<>();
    private final AtomicReference<Http> api = new AtomicReference<>();
    private final List<Double> restarts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private ServiceProcess service;

    @Test
    void nothingPromisedIsLostOrDoubled(@TempDir Path folder) throws Exception {
        Random random = Extent.random("Kill loop");
        Path data = folder.resolve("data");
        try (History history = History.of("kill-loop")) {
            start(data);
            List<String> specs = specs();
            List<KillLoopClient> clients = new ArrayList<>();
            for (int i = 1; i <= CLIENTS; i++) {
                clients.add(new KillLoopClient("c" + i, random.nextLong(), history, api::get, specs));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                List<Thread> working = clients.stream()
                        .map(client -> Thread.ofVirtual().start(client::work))
                        .toList();
                LockSupport.parkNanos((long) (1e9 * random.nextDouble(SHORTEST_SECONDS, LONGEST_SECONDS)));
                Map<String, Running> running = running();
                long killed = System.currentTimeMillis();
                service.kill();
                for (Thread thread : working) {
                    thread.join();
                }
                if (random.nextInt(10) == 0) {
                    ServiceProcess.startAndKill(data, Duration.ofMillis(random.nextInt(4000)), PROPERTIES);
                }
                start(data);
                running.forEach((job, at) -> lost.add(lostSeconds(job, at, killed)));
            }
            for (KillLoopClient client : clients) {
                assertThat(client.settle()).isTrue();
            }
            drain();
            check(clients, specs);
            if (history.defects() > 0) {
                faults.add(history.defects() + " answers of status 5xx, see target/proofs/kill-loop.history");
            }
            Collections.sort(restarts);
            System.out.printf(
                    "Kill loop: %d kills, %s, datasets %d, jobs %d, faults %d; restart p50 %.1f s, p99 %.1f s;"
                            + " training lost by %d running jobs at most %.1f s%n",
                    KILLS,
                    history,
                    clients.stream().mapToInt(client -> client.datasets.size()).sum(),
                    clients.stream().mapToInt(client -> client.jobs.size()).sum(),
                    faults.size(),
                    restarts.get(restarts.size() / 2),
                    restarts.get(restarts.size() * 99 / 100),
                    lost.size(),
                    lost.stream().mapToDouble(Double::doubleValue).max().orElse(0));
            assertThat(faults).isEmpty();
            assertThat(lost).allSatisfy(seconds -> assertThat(seconds).isLessThan(MOST_LOST_SECONDS));
        } finally {
            service.close();
        }
    }

    private void start(Path data) throws IOException {
        long begin = System.nanoTime();
        service = ServiceProcess.start(data, PROPERTIES);
        restarts.add((System.nanoTime() - begin) / 1e9);
        api.set(service.api());
    }

    private Map<String, Running> running() {
        Map<String, Running> running = new TreeMap<>();
        for (JsonNode job : page("RUNNING")) {
            String id = job.get("id").stringValue();
            long attempt = job.get("attempt").longValue();
            Answer events = api.get().read("/training-jobs/" + id + "/events?limit=500", "Accept", "application/json");
            if (events.status() == 200) {
                for (JsonNode event : events.json().get("data")) {
                    if (event.at("/data/state").asString("").equals("RUNNING")
                            && event.at("/data/attempt").longValue() == attempt) {
                        running.put(id, new Running(attempt, millis(event.get("createdAt"))));
                    }
                }
            }
        }
        return running;
    }

    /// From the last checkpoint of the attempt, or else its start, to the kill.
    private double lostSeconds(String job, Running running, long killed) {
        Answer found = api.get().read("/training-jobs/" + job);
        if (found.status() != 200 || !found.json().get("finishedAt").isNull()) {
            return 0;
        }
        Answer checkpoints = api.get().read("/training-jobs/" + job + "/checkpoints");
        long kept = running.since();
        if (checkpoints.status() == 200) {
            for (JsonNode checkpoint : checkpoints.json().get("data")) {
                if (checkpoint.get("attempt").longValue() == running.attempt()) {
                    kept = Math.max(kept, millis(checkpoint.get("createdAt")));
                }
            }
        }
        return (killed - kept) / 1000.0;
    }

    private static long millis(JsonNode instant) {
        return Instant.parse(instant.stringValue()).toEpochMilli();
    }

    /// Resumes what is paused until every job has ended.
    private void drain() {
        Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> {
            page("PAUSED")
                    .forEach(job ->
                            api.get().ask("/training-jobs/" + job.get("id").stringValue() + "/resume"));
            return List.of("QUEUED", "RUNNING", "PAUSING", "PAUSED", "CANCELLING").stream()
                    .allMatch(state -> page(state).isEmpty());
        });
    }

    private JsonNode page(String state) {
        return api.get().get("/training-jobs?limit=500&state=" + state).get("data");
    }

    private void check(List<KillLoopClient> clients, List<String> specs) {
        List<String> undisturbed = undisturbed(specs);
        Map<String, Integer> jobs = names("/training-jobs");
        Map<String, Integer> datasets = names("/datasets");
        for (KillLoopClient client : clients) {
            client.datasets.forEach(dataset -> checkDataset(dataset, datasets.getOrDefault(dataset.key, 0)));
            for (Wanted job : client.jobs) {
                checkJob(job, jobs.getOrDefault(job.key, 0), undisturbed.get(job.spec));
            }
        }
    }

    private void checkDataset(Wanted dataset, int times) {
        Answer content = api.get().read("/datasets/" + dataset.id + "/content");
        boolean there = content.status() == 200;
        checkPresence(dataset, times, there);
        if (there && !KillLoopClient.sha256(content.response().body()).equals(dataset.sha256())) {
            faults.add(dataset.key + " is not what was uploaded");
        }
    }

    private void checkJob(Wanted job, int times, String digest) {
        boolean there = api.get().read("/training-jobs/" + job.id).status() == 200;
        checkPresence(job, times, there);
        if (!there) {
            return;
        }
        JobLife life = JobLife.read(api.get(), job.id);
        faults.addAll(life.faults());
        boolean right = switch (job.cancelled) {
            case NO -> life.state().equals("SUCCEEDED");
            case PERHAPS -> life.state().equals("SUCCEEDED") || life.state().equals("CANCELLED");
            case YES -> life.state().equals("CANCELLED");
        };
        if (!right) {
            faults.add(job.key + " is " + life.state() + ", cancelled: " + job.cancelled + " " + life.states());
        }
        if (life.state().equals("SUCCEEDED") && !digest(life.job()).equals(digest)) {
            faults.add(job.key + " ends with other weights than undisturbed: " + life.states());
        }
    }

    private void checkPresence(Wanted thing, int times, boolean there) {
        if (thing.id == null) {
            faults.add(thing.key + " was never accepted");
        }
        if (times != (there ? 1 : 0)) {
            faults.add(thing.key + " is there " + times + " times");
        }
        if (there ? thing.deleted == Done.YES : thing.deleted == Done.NO) {
            faults.add(thing.key + " is " + (there ? "there" : "gone") + ", deleted: " + thing.deleted);
        }
    }

    /// How often each name stands in a list.
    private Map<String, Integer> names(String path) {
        Map<String, Integer> names = new TreeMap<>();
        String after = "";
        while (after != null) {
            JsonNode page = api.get().get(path + "?limit=500" + (after.isEmpty() ? "" : "&after=" + after));
            for (JsonNode thing : page.get("data")) {
                names.merge(thing.get("name").asString(""), 1, Integer::sum);
            }
            after = page.get("nextCursor").isNull()
                    ? null
                    : page.get("nextCursor").stringValue();
        }
        return names;
    }

    private List<String> undisturbed(List<String> specs) {
        List<String> ids = specs.stream()
                .map(spec -> api.get()
                        .post("/training-jobs", spec.replace("NAME", "undisturbed"), 202)
                        .get("id")
                        .stringValue())
                .toList();
        drain();
        return ids.stream()
                .map(id -> digest(api.get().get("/training-jobs/" + id)))
                .toList();
    }

    private String digest(JsonNode job) {
        return api.get()
                .get("/models/" + job.get("modelId").stringValue())
                .get("weightsSha256")
                .stringValue();
    }

    private List<String> specs() {
        String dataset = api.get()
                .post("/datasets/generate", "{\"generator\": \"parabola\", \"name\": \"parabola\"}", 201)
                .get("id")
                .stringValue();
        String form = """
                {"name": "NAME", "datasetId": "%s", "features": ["one", "x"], "target": "y",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": 4, "activation": "tanh"}%s, {"type": "dense", "units": 1}]},
                 "optimizer": {"type": "%s", "learningRate": 0.0001}, "batches": {"type": "%s", "size": 20},
                 "steps": %d, "seed": %d, "record": {"loss": {"every": 1000}}}""";
        String dropout = ", {\"type\": \"dropout\", \"rate\": 0.2}";
        return Arrays.asList(
                form.formatted(dataset, "", "sgd", "sampled", STEPS / 10, 1),
                form.formatted(dataset, "", "sgd", "shuffled", STEPS, 2),
                form.formatted(dataset, "", "momentum", "sampled", 2 * STEPS, 3),
                form.formatted(dataset, dropout, "adam", "shuffled", 3 * STEPS, 4),
                form.formatted(dataset, dropout, "rmsProp", "sampled", 4 * STEPS, 5));
    }
}
