package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.BootedService;
import dev.descent.system.Proof;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// While the wall clock, the service's and the database's, is turned by an hour or a day, to and fro, or stands still,
/// jobs train, are paused and go on: each ends with the bytes of an undisturbed one, and a limit of time is as long as
/// ever.
@Proof
@BootedService
@Import(TurnedClockTest.Hands.class)
class TurnedClockTest {

    private static final String JOB = """
            {"steps": 300000, "batches": {"type": "shuffled", "size": 7}, "optimizer": {"type": "adam", "learningRate": 0.001},
             "split": {"validation": 0.2}, "seed": %d,
             "record": {"loss": {"every": 300}, "gradients": {"what": "values", "every": 50000}, "weights": null}}
            """;
    private static final String LIMITED = """
            {"steps": 1000000000, "timeLimitSeconds": 2, "record": {"loss": {"every": 100000}}}
            """;
    private static final List<Duration> TURNS =
            List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-1), Duration.ZERO);

    /// A clock that is off by some time, or stands still.
    @TestConfiguration(proxyBeanMethods = false)
    static class Hands extends Clock {

        private volatile Duration off = Duration.ZERO;
        private volatile @Nullable Instant stopped;

        @Bean
        @Primary
        Hands turnedClock() {
            return this;
        }

        void turn(@Nullable Duration by) {
            stopped = by == null ? instant() : null;
            off = by == null ? off : by;
        }

        @Override
        public Instant instant() {
            Instant still = stopped;
            return still == null ? Instant.now().plus(off) : still;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final JobClient jobs;
    private final Clock clock;
    private final JdbcClient database;
    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean turning = true;

    TurnedClockTest(@LocalServerPort int port, @Autowired Clock clock, @Autowired JdbcClient database) {
        jobs = new JobClient(port);
        this.clock = clock;
        this.database = database;
    }

    @BeforeEach
    void takeTheDatabasesClock() {
        database.sql("drop view clock").update();
        database.sql("create table hands (now_ms bigint)").update();
        database.sql("insert into hands values (0)").update();
        database.sql("create view clock as select now_ms from hands").update();
        turnTo(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        turning = false;
    }

    @Test
    void jobsDoNotNotice() throws InterruptedException {
        String data = jobs.parabola(60);
        List<ObjectNode> requests = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            requests.add(JobClient.request(data, JOB.formatted(seed)));
        }
        List<JsonNode> undisturbed = requests.stream().map(jobs::run).toList();
        Thread turner = Thread.ofVirtual().start(this::turn);
        List<String> disturbed = requests.stream().map(jobs::submit).toList();
        for (int i = 0; i < 6; i++) {
            disturbed.forEach(job -> jobs.http.post(JOBS + "/" + job + "/" + "pause", ""));
            pause(0.1);
            disturbed.forEach(job -> jobs.http.post(JOBS + "/" + job + "/" + "resume", ""));
            pause(0.1);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> disturbed.stream().allMatch(job -> {
                    jobs.http.post(JOBS + "/" + job + "/resume", "");
                    return jobs.state(job).equals("SUCCEEDED");
                }));
        for (int i = 0; i < disturbed.size(); i++) {
            for (String series : List.of("loss-curve", "gradients")) {
                assertThat(body(disturbed.get(i), series))
                        .isEqualTo(body(undisturbed.get(i).get("id").stringValue(), series));
            }
        }
        assertThat(seconds(jobs.submit(JobClient.request(data, LIMITED)))).isBetween(1.5, 20.0);
        assertThat(turns.get()).isGreaterThan(2 * TURNS.size());
        turning = false;
        turner.join();
    }

    /// From its start to its end, by a clock that nobody turns.
    private double seconds(String job) {
        await().until(() -> !jobs.state(job).equals("QUEUED"));
        long begin = System.nanoTime();
        JsonNode ended = jobs.awaitState(job, "FAILED");
        assertThat(ended.get("reason").stringValue()).isEqualTo("TIME_LIMIT");
        return (System.nanoTime() - begin) / 1e9;
    }

    private void turn() {
        var random = new Random(5);
        while (turning) {
            int which = random.nextInt(TURNS.size() + 1);
            turnTo(which == TURNS.size() ? null : TURNS.get(which));
            turns.incrementAndGet();
            pause(random.nextDouble(0.02, 0.2));
        }
    }

    /// The database's clock stands still between two turns, which it may.
    private void turnTo(@Nullable Duration by) {
        ((Hands) clock).turn(by);
        database.sql("update hands set now_ms = ?").param(clock.millis()).update();
    }

    private String body(String id, String series) {
        return jobs.http.get(JOBS + "/" + id + "/" + series).body();
    }

    private static void pause(double seconds) {
        LockSupport.parkNanos((long) (1e9 * seconds));
    }
}
