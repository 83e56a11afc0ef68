package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.training.queue.JobState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class CancelRacesTest {

    private static final int RACES = 50;
    private static final int CLIENTS = 2;
    private static final int STEPS = 1500;

    private final JobClient jobs;

    CancelRacesTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @Test
    void jobsCancelledAtAnyMomentHaveOneEnd() throws Exception {
        String data = jobs.parabola(10);
        int life = Math.toIntExact(lifeNanos(data));
        List<Future<Set<JobState>>> clients = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                var random = new Random(i);
                clients.add(threads.submit(() -> race(data, life, random)));
            }
        }
        Set<JobState> ends = EnumSet.noneOf(JobState.class);
        for (Future<Set<JobState>> client : clients) {
            ends.addAll(client.get());
        }
        assertThat(ends).containsExactlyInAnyOrder(JobState.SUCCEEDED, JobState.CANCELLED);
    }

    /// Cancels one job after the other, from at once to long after each should have ended, and returns how they ended.
    private Set<JobState> race(String data, int life, Random random) {
        Set<JobState> ends = EnumSet.noneOf(JobState.class);
        for (int i = 0; i < RACES / CLIENTS; i++) {
            // from a few microseconds to some milliseconds of training
            String id = jobs.submit(request(data, "{\"steps\": " + (1 + random.nextInt(2 * STEPS)) + "}"));
            LockSupport.parkNanos(random.nextInt(2 * CLIENTS * life));
            int answer = jobs.cancel(id).status();
            JsonNode job = ended(id);
            JobState state = JobState.valueOf(job.get("state").stringValue());
            ends.add(state);
            assertThat(state).isEqualTo(answer == 202 ? JobState.CANCELLED : JobState.SUCCEEDED);
            assertThat(answer).isIn(202, 409);
            assertThat(job.get("modelId").isNull()).isEqualTo(state == JobState.CANCELLED);
            assertThat(eventsThatEnd(id)).isEqualTo(1);
        }
        return ends;
    }

    /// How long a job of this kind takes, from its submission on: the middle of some.
    private long lifeNanos(String data) {
        return LongStream.range(0, 9)
                .map(_ -> {
                    long begin = System.nanoTime();
                    ended(jobs.submit(request(data, "{\"steps\": " + STEPS + "}")));
                    return System.nanoTime() - begin;
                })
                .sorted()
                .skip(4)
                .findFirst()
                .orElseThrow();
    }

    private JsonNode ended(String id) {
        org.awaitility.Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(5))
                .until(() -> JobState.valueOf(jobs.state(id)).terminal());
        return jobs.get(id);
    }

    private int eventsThatEnd(String id) {
        int count = 0;
        JsonNode page = jobs.http
                .get(JOBS + "/" + id + "/events", "Accept", "application/json")
                .json();
        for (JsonNode event : page.get("data")) {
            count += event.get("event").stringValue().equals("end") ? 1 : 0;
        }
        return count;
    }
}
