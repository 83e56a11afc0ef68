package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.system.Http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service that is told to stop answers what it has begun to answer, keeps where its jobs are, and ends well and
/// soon; the next one goes on from there.
@Proof
class DrainTest {

    private static final int DRAINS = Extent.of("drains", 2, 30);
    private static final int WATCHERS = Extent.full() ? 100 : 20;
    private static final int UPLOADS = 4;
    private static final int READERS = 4;
    private static final long STEPS = Extent.full() ? 3_000_000 : 150_000;
    private static final double SECONDS = 20;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WORKERS = "--descent.training.workers=2";

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    /// When the service was told to stop; a request that is sent after that may find nobody.
    private final AtomicLong told = new AtomicLong();

    @Test
    void stopsSoonWithStatusZeroFailingNothingThatHadBegun(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        List<Double> seconds = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        long repeated = 0;
        for (int drain = 0; drain < DRAINS; drain++) {
            try (ServiceProcess service = ServiceProcess.start(data, WORKERS);
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                Http api = service.api();
                if (jobs.isEmpty()) {
                    TwelveSpecs.data(api);
                    specs().forEach(spec -> jobs.add(submit(api, spec)));
                }
                told.set(Long.MAX_VALUE);
                List<Future<?>> busy = busy(service, clients, jobs);
                awaitTraining(api);
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                told.set(System.nanoTime());
                int status = service.terminate();
                seconds.add((System.nanoTime() - told.get()) / 1e9);
                assertThat(status).isZero();
                for (Future<?> client : busy) {
                    client.get();
                }
            }
            repeated += stepsToRepeat(data);
        }
        try (ServiceProcess service = ServiceProcess.start(data, WORKERS)) {
            Http api = service.api();
            List<String> undisturbed =
                    specs().stream().map(spec -> submit(api, spec)).toList();
            for (int i = 0; i < jobs.size(); i++) {
                assertThat(digest(api, ended(api, jobs.get(i))))
                        .as("job %s goes on to the same weights", jobs.get(i))
                        .isEqualTo(digest(api, ended(api, undisturbed.get(i))));
                assertThat(JobLife.read(api, jobs.get(i)).faults()).isEmpty();
            }
            int attempts = jobs.stream()
                    .mapToInt(job ->
                            api.get("/training-jobs/" + job).get("attempt").intValue())
                    .sum();
            System.out.printf(
                    "Drain: %d times, longest %.1f s, status 0; %d requests answered, failed %d; %d jobs in %d attempts,"
                            + " steps to repeat %d%n",
                    DRAINS,
                    seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    answered.get(),
                    failures.size(),
                    jobs.size(),
                    attempts,
                    repeated);
            assertThat(repeated).isZero();
            assertThat(failures).isEmpty();
            assertThat(seconds).allSatisfy(took -> assertThat(took).isLessThan(SECONDS));
            assertThat(attempts).as("jobs were running").isGreaterThan(jobs.size());
        }
    }

    private List<Future<?>> busy(ServiceProcess service, ExecutorService clients, List<String> jobs) {
        Http api = service.api();
        List<Future<?>> busy = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            String job = jobs.get(i % jobs.size());
            busy.add(clients.submit(() -> watch(service.address(), job)));
        }
        for (int i = 0; i < READERS; i++) {
            busy.add(clients.submit(() -> repeat(() -> api.read("/training-jobs"))));
        }
        for (int i = 0; i < UPLOADS; i++) {
            busy.add(clients.submit(() -> repeat(() -> api.exchange(api.request("/datasets")
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofInputStream(SlowFile::new))))));
        }
        return busy;
    }

    /// Until the service is told to stop; what was asked before that has to be answered.
    private void repeat(Supplier<Answer> request) {
        while (System.nanoTime() < told.get()) {
            long begun = System.nanoTime();
            try {
                Answer answer = request.get();
                answered.incrementAndGet();
                if (answer.status() >= 300) {
                    failures.add(answer.toString());
                }
            } catch (UncheckedIOException e) {
                // a connection takes a moment to reach the service
                if (begun < told.get() - Duration.ofMillis(100).toNanos()) {
                    failures.add("begun %.3f s before the end: %s".formatted((told.get() - begun) / 1e9, e.getCause()));
                }
            }
        }
    }

    /// A stream has to end as an answer does, not break.
    private void watch(String address, String job) {
        try (var socket = EventClient.connect(address, job, 0)) {
            socket.getInputStream().readAllBytes();
            answered.incrementAndGet();
        } catch (IOException e) {
            failures.add("events: " + e);
        }
    }

    /// Two seconds of an upload.
    private static final class SlowFile extends InputStream {

        private static final int LINES = 20;
        private int line;

        @Override
        public int read() {
            throw new UnsupportedOperationException("read by lines");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (line == LINES) {
                return -1;
            }
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos() / LINES);
            byte[] text = (line++ == 0 ? "x,y\n" : line + ",1\n").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, bytes, offset, text.length);
            return text.length;
        }
    }

    /// How many steps were made after the last checkpoint, of all jobs that a stopped service has given back.
    private static long stepsToRepeat(Path data) throws SQLException {
        long steps = 0;
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("db/descent.db"));
                Statement statement = database.createStatement();
                ResultSet jobs = statement.executeQuery("""
                        select j.state, j.progress, coalesce(max(c.step), 0) as kept
                          from job j left join checkpoint c on c.job_id = j.id
                         where j.fence > 0 and j.finished_at is null group by j.id
                        """)) {
            while (jobs.next()) {
                assertThat(jobs.getString("state")).isEqualTo("QUEUED");
                steps += JSON.readTree(jobs.getString("progress")).get("step").longValue() - jobs.getLong("kept");
            }
        }
        return steps;
    }

    private static void awaitTraining(Http api) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            JsonNode running = api.get("/training-jobs?state=RUNNING").get("data");
            return running.size() == 2
                    && running.get(0).at("/progress/step").asLong(0) > 0
                    && running.get(1).at("/progress/step").asLong(0) > 0;
        });
    }

    private static List<String> specs() {
        return TwelveSpecs.of(STEPS).subList(2, 6);
    }

    private static String submit(Http api, String spec) {
        return api.post("/training-jobs", spec.replace("THREADS", "1"), 202)
                .get("id")
                .stringValue();
    }

    private static JsonNode ended(Http api, String job) {
        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(
                        () -> api.get("/training-jobs/" + job),
                        found -> !found.get("finishedAt").isNull());
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return ended;
    }

    private static String digest(Http api, JsonNode job) {
        return api.get("/models/" + job.get("modelId").stringValue())
                .get("weightsSha256")
                .stringValue();
    }
}
