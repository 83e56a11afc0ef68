package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import dev.descent.system.Http.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Two who want different things of one job in the same moment: each race is run a thousand times over HTTP, each side
/// wins some, and no job's life holds what may not be. SQLite lets one write after the other; on PostgreSQL it is the
/// guards in the statements that do.
@Proof
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RaceTest {

    private static final int RACES = Extent.of("races", 1000, 1000);
    private static final int LANES = 4;
    private static final long SHORT = 5000;
    private static final long ENDLESS = 1_000_000_000;

    @Parameter
    TestDatabase database;

    @TempDir
    static Path folder;

    private static ServiceProcess service;
    private static Http api;
    private static String data;
    private static ExecutorService clients;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> jobs = new ConcurrentLinkedQueue<>();

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        Path own = Files.createDirectory(folder.resolve(database.name()));
        List<String> properties = new ArrayList<>(List.of(database.properties(own)));
        properties.add("--descent.training.workers=" + LANES);
        service = ServiceProcess.start(own.resolve("data"), properties.toArray(String[]::new));
        api = service.api();
        data = dataset();
        clients = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        clients.close();
        service.close();
    }

    @FunctionalInterface
    private interface Race {
        /// Runs one race up to the answers; what they say about its job is looked at when that has ended.
        Verdict run() throws Exception;
    }

    /// @param outcome who won, by the job's life; adds to `faults` what should not be
    private record Verdict(String job, Function<JobLife, String> outcome) {}

    @Test
    void cancelAgainstStart() throws Exception {
        var delay = new Delay(2);
        race("cancel against start", () -> {
            String job = submit(ENDLESS);
            delay.pass();
            Answer cancelled = expect(api.ask(path(job, "cancel")), 202);
            boolean started = cancelled.json().get("attempt").longValue() > 0;
            if (started) {
                delay.tooLate();
            } else {
                delay.tooEarly();
            }
            return new Verdict(job, life -> {
                faultUnless(life.state().equals("CANCELLED"), life, "is not CANCELLED");
                faultUnless(started == life.states().contains("RUNNING"), life, "the answer knew of another attempt");
                return started ? "start" : "cancel";
            });
        });
        assertThat(outcomes).as("each side wins some").containsKeys("start", "cancel");
    }

    @Test
    void cancelAgainstFinish() throws Exception {
        var delay = new Delay(10);
        race("cancel against finish", () -> {
            String job = submit(SHORT);
            delay.pass();
            boolean late = expect(api.ask(path(job, "cancel")), 202, 409).status() == 409;
            if (late) {
                delay.tooLate();
            } else {
                delay.tooEarly();
            }
            return new Verdict(job, life -> {
                faultUnless(life.state().equals(late ? "SUCCEEDED" : "CANCELLED"), life, "is not as was answered");
                return late ? "finish" : life.states().contains("RUNNING") ? "cancel" : "cancel before start";
            });
        });
        assertThat(outcomes).as("each side wins some").containsKeys("finish", "cancel");
    }

    @Test
    void pauseAgainstCancel() throws Exception {
        race("pause against cancel", () -> {
            String job = submit(ENDLESS);
            awaitState(job, "RUNNING");
            List<Answer> answers = together(() -> api.ask(path(job, "pause")), () -> api.ask(path(job, "cancel")));
            boolean paused = expect(answers.get(0), 202, 409).status() == 202;
            expect(answers.get(1), 202);
            return new Verdict(job, life -> {
                faultUnless(life.state().equals("CANCELLED"), life, "is not CANCELLED");
                faultUnless(life.states().contains("PAUSING") == paused, life, "is not as was answered");
                return !paused ? "cancel" : life.states().contains("PAUSED") ? "pause, done" : "pause";
            });
        });
        assertThat(outcomes).as("each side wins some").containsKeys("cancel", "pause");
    }

    @Test
    void pauseAgainstFinish() throws Exception {
        var delay = new Delay(10);
        race("pause against finish", () -> {
            String job = submit(SHORT);
            delay.pass();
            boolean late = expect(api.ask(path(job, "pause")), 202, 409).status() == 409;
            boolean paused = !late && awaitState(job, "PAUSED", "SUCCEEDED").equals("PAUSED");
            if (paused) {
                delay.tooEarly();
                expect(api.ask(path(job, "resume")), 202);
            } else {
                delay.tooLate();
            }
            return new Verdict(job, life -> {
                faultUnless(life.state().equals("SUCCEEDED"), life, "is not SUCCEEDED");
                faultUnless(life.states().contains("PAUSED") == paused, life, "is not as was answered");
                boolean asked = life.states().contains("PAUSING");
                return late ? "finish" : !paused ? "finish, told to pause" : asked ? "pause" : "pause before start";
            });
        });
        assertThat(outcomes).as("each side wins some").containsKeys("finish", "pause");
    }

    @Test
    void deletionOfTheDatasetAgainstStart() throws Exception {
        var delay = new Delay(1);
        race("deletion of the dataset against start", () -> {
            String mine = dataset();
            List<Answer> answers = together(() -> api.ask("/training-jobs", spec(mine, SHORT)), () -> {
                delay.pass();
                return api.delete("/datasets/" + mine);
            });
            boolean submitted = expect(answers.get(0), 202, 422).status() == 202;
            boolean deleted = expect(answers.get(1), 204, 409).status() == 204;
            if (submitted) {
                delay.tooLate();
            } else {
                delay.tooEarly();
            }
            boolean there = api.read("/datasets/" + mine).status() == 200;
            if (there == deleted || !submitted && !deleted) {
                faults.add("dataset " + mine + " is " + (there ? "there" : "gone") + " after " + answers);
            }
            if (!submitted) {
                return new Verdict("", life -> "deletion");
            }
            String job = answers.getFirst().field("id");
            jobs.add(job);
            return new Verdict(job, life -> {
                faultUnless(life.state().equals("SUCCEEDED"), life, "is not SUCCEEDED");
                return deleted ? "start, deleted after the end" : "start";
            });
        });
        assertThat(outcomes).as("each side wins some").containsKeys("deletion", "start");
    }

    @Test
    void resumedTwice() throws Exception {
        race("resumed twice", () -> {
            String job = submit(ENDLESS);
            expect(api.ask(path(job, "pause")), 202);
            awaitState(job, "PAUSED");
            List<Answer> answers = together(() -> api.ask(path(job, "resume")), () -> api.ask(path(job, "resume")));
            answers.forEach(answer -> expect(answer, 202, 409));
            boolean first = answers.get(0).status() == 202;
            boolean second = answers.get(1).status() == 202;
            expect(api.ask(path(job, "cancel")), 202);
            return new Verdict(job, life -> {
                faultUnless(first != second, life, "was resumed by both or by none");
                faultUnless(Collections.frequency(life.states(), "QUEUED") == 2, life, "was not resumed once");
                return first ? "one" : "other";
            });
        });
        assertThat(outcomes).as("each side wins some").containsKeys("one", "other");
    }

    private void race(String name, Race race) throws Exception {
        long begin = System.nanoTime();
        var left = new AtomicInteger(RACES);
        List<Future<List<Verdict>>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(clients.submit(() -> {
                List<Verdict> verdicts = new ArrayList<>();
                while (left.getAndDecrement() > 0) {
                    verdicts.add(race.run());
                }
                return verdicts;
            }));
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Future<List<Verdict>> lane : lanes) {
            verdicts.addAll(lane.get());
        }
        Map<String, JobLife> lives = lives();
        for (Verdict verdict : verdicts) {
            outcomes.merge(verdict.outcome().apply(lives.get(verdict.job())), 1, Integer::sum);
        }
        lives.values().forEach(life -> faults.addAll(life.faults()));
        System.out.printf(
                "Race on %s, %s: %d times, %s; jobs read %d, faults %d; %.1f s%n",
                database, name, RACES, outcomes, lives.size(), faults.size(), (System.nanoTime() - begin) / 1e9);
        assertThat(faults).isEmpty();
    }

    /// The lives of all jobs, read when the last of them has ended.
    private Map<String, JobLife> lives() throws Exception {
        for (String state : List.of("QUEUED", "RUNNING", "PAUSING", "CANCELLING")) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> api.get("/training-jobs?limit=1&state=" + state)
                            .get("data")
                            .isEmpty());
        }
        Map<String, Future<JobLife>> reading = new LinkedHashMap<>();
        jobs.forEach(id -> reading.put(id, clients.submit(() -> JobLife.read(api, id))));
        Map<String, JobLife> lives = new HashMap<>();
        for (Map.Entry<String, Future<JobLife>> life : reading.entrySet()) {
            lives.put(life.getKey(), life.getValue().get());
        }
        return lives;
    }

    /// Both at once, as nearly as two threads can.
    private static List<Answer> together(Callable<Answer> one, Callable<Answer> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        Future<Answer> asked = clients.submit(() -> {
            barrier.await();
            return one.call();
        });
        barrier.await();
        Answer second = other.call();
        return List.of(asked.get(), second);
    }

    private static Answer expect(Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.toString()).isIn((Object[]) statuses);
        return answer;
    }

    private void faultUnless(boolean holds, JobLife life, String what) {
        if (!holds) {
            faults.add(life.id() + " " + what + ": " + life.states());
        }
    }

    private static String awaitState(String job, String... states) {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> api.get("/training-jobs/" + job).get("state").stringValue(),
                        state -> List.of(states).contains(state));
    }

    private String submit(long steps) {
        String job =
                api.post("/training-jobs", spec(data, steps), 202).get("id").stringValue();
        jobs.add(job);
        return job;
    }

    private static String dataset() {
        JsonNode made = api.post("/datasets/generate", "{\"generator\": \"parabola\", \"rows\": 20}", 201);
        return made.get("id").stringValue();
    }

    private static String path(String job, String verb) {
        return "/training-jobs/" + job + "/" + verb;
    }

    private static String spec(String dataset, long steps) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": 1}]},
                 "optimizer": {"type": "sgd", "learningRate": 0.001}, "batches": "full", "steps": %d,
                 "record": {"loss": {"every": %d}}}""".formatted(dataset, steps, Math.max(1, steps / 10));
    }
}
