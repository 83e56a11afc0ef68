package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.training.queue.JobState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class CancelRacesTest {

    private static final int RACES = 80;

    private final JobClient jobs;

    CancelRacesTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @Test
    void jobsCancelledAtAnyMomentHaveOneEnd() throws Exception {
        String data = jobs.parabola(10);
        var random = new Random(3);
        List<String> ids = new ArrayList<>();
        List<Future<Integer>> cancellations = new ArrayList<>();
        try (var clients = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < RACES; i++) {
                // from a few microseconds to some milliseconds of training
                String id = jobs.submit(request(data, "{\"steps\": " + (1 + random.nextInt(3000)) + "}"));
                long nanos = random.nextInt(15_000_000);
                ids.add(id);
                cancellations.add(clients.submit(() -> {
                    LockSupport.parkNanos(nanos);
                    return jobs.cancel(id).status();
                }));
            }
        }
        Map<JobState, Integer> ends = new EnumMap<>(JobState.class);
        for (int i = 0; i < RACES; i++) {
            JsonNode job = ended(ids.get(i));
            JobState state = JobState.valueOf(job.get("state").stringValue());
            ends.merge(state, 1, Integer::sum);
            int answer = cancellations.get(i).get();
            assertThat(state).isEqualTo(answer == 202 ? JobState.CANCELLED : JobState.SUCCEEDED);
            assertThat(answer).isIn(202, 409);
            assertThat(job.get("modelId").isNull()).isEqualTo(state == JobState.CANCELLED);
            assertThat(eventsThatEnd(ids.get(i))).isEqualTo(1);
        }
        assertThat(ends.keySet()).containsExactlyInAnyOrder(JobState.SUCCEEDED, JobState.CANCELLED);
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
