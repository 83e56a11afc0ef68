package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.KeyedService;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `small` may have 20 jobs waiting, all together 50; the only worker is busy.
@KeyedService
class SharesTest {

    private static final int THREADS = 64;
    private static final String ENDLESS = "{\"steps\": 2000000000, \"record\": {\"loss\": {\"every\": 1000000}}}";

    @LocalServerPort
    private int port;

    private JobClient ada;
    private JobClient small;
    private ObjectNode adas;
    private ObjectNode smalls;

    @BeforeEach
    void keepTheWorkerBusy() {
        ada = as("ada");
        small = as("small");
        adas = request(ada.parabola(8));
        smalls = request(small.parabola(8));
        await().atMost(Duration.ofSeconds(30)).until(() -> unfinished(ada).isEmpty());
        ada.awaitState(ada.submit(request(adas.get("datasetId").stringValue(), ENDLESS)), "RUNNING");
    }

    @AfterEach
    void emptyTheQueue() {
        for (JobClient tenant : List.of(small, ada)) {
            unfinished(tenant).forEach(tenant::cancel);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> unfinished(tenant).isEmpty());
        }
    }

    @Test
    void shareHoldsExactlyHoweverManyAskAtOnce() throws Exception {
        List<Answer> answers = atOnce(() -> small.post(smalls));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(20);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .hasSize(THREADS - 20)
                .allSatisfy(SharesTest::assertShareUsedUp);
        assertThat(ada.post(adas).status()).as("another tenant").isEqualTo(202);
    }

    @Test
    void queueHoldsExactlyHoweverManyAskAtOnce() throws Exception {
        List<Answer> answers = atOnce(() -> ada.post(adas));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .hasSize(THREADS - 50)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.problem()).isEqualTo("queue-full");
                    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 3600);
                });
    }

    @Test
    void placeThatBecomesFreeCanBeTaken() {
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(small.submit(smalls));
        }
        assertShareUsedUp(small.post(smalls));

        small.cancel(waiting.getFirst());

        assertThat(small.post(smalls).status()).isEqualTo(202);
        assertShareUsedUp(small.post(smalls));
    }

    @Test
    void pausedJobsKeepTheirPlaces() {
        for (int i = 0; i < 20; i++) {
            small.http.post(JOBS + "/" + small.submit(smalls) + "/pause", "");
        }

        Answer refused = small.post(smalls);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("detail").stringValue())
                .isEqualTo("small may have 20 jobs waiting (descent.tenants.small.queued), and has 0 and 20 paused;"
                        + " resume or cancel some of them");
    }

    @Test
    void jobThatIsResumedIsNotRefusedByAFullQueue() {
        String paused = ada.submit(adas);
        ada.http.post(JOBS + "/" + paused + "/pause", "");
        for (int i = 0; i < 50; i++) {
            ada.submit(adas);
        }
        assertThat(ada.post(adas).problem()).isEqualTo("queue-full");

        Answer resumed = ada.http.post(JOBS + "/" + paused + "/resume", "");

        assertThat(resumed.status()).isEqualTo(202);
        assertThat(resumed.json().get("queuePosition").intValue()).isEqualTo(1);
    }

    @Test
    void sameRequestSentAgainIsAnsweredWhateverTheShare() {
        String[] named = {"Idempotency-Key", "the-first"};
        Answer first = small.http.post(JOBS, "application/json", publish(smalls), named);
        for (int i = 1; i < 20; i++) {
            small.submit(smalls);
        }

        Answer again = small.http.post(JOBS, "application/json", publish(smalls), named);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    }

    private static BodyPublisher publish(ObjectNode request) {
        return BodyPublishers.ofString(request.toString());
    }

    private static void assertShareUsedUp(Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.problem()).isEqualTo("queue-quota-exceeded");
        String seconds = answer.header("Retry-After");
        assertThat(Integer.parseInt(seconds)).isBetween(1, 3600);
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo("small may have 20 jobs waiting (descent.tenants.small.queued), and has 20;"
                        + " the next of them should start in " + seconds + " seconds");
    }

    private JobClient as(String tenant) {
        return new JobClient(port, new Client(port).as("key-of-" + tenant));
    }

    private static List<String> unfinished(JobClient tenant) {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : tenant.http.get(JOBS + "?limit=500").json().get("data")) {
            if (!List.of("SUCCEEDED", "FAILED", "CANCELLED")
                    .contains(job.get("state").stringValue())) {
                ids.add(job.get("id").stringValue());
            }
        }
        return ids;
    }

    private static List<Answer> atOnce(Callable<Answer> request) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<Answer>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                asked.add(threads.submit(() -> {
                    start.await();
                    return request.call();
                }));
            }
            start.countDown();
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : asked) {
            answers.add(answer.get());
        }
        return answers;
    }
}
