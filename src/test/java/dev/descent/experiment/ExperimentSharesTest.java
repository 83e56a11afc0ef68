package dev.descent.experiment;

import static dev.descent.experiment.ExperimentClient.EXPERIMENTS;
import static dev.descent.experiment.ExperimentClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.KeyedService;
import dev.descent.training.JobClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `small` may have 20 jobs waiting, all together 50; the only worker is busy.
@KeyedService
class ExperimentSharesTest {

    private static final String ENDLESS = "{\"steps\": 2000000000, \"record\": {\"loss\": {\"every\": 1000000}}}";

    @LocalServerPort
    private int port;

    private JobClient ada;
    private JobClient small;
    private ExperimentClient experiments;
    private String data;

    @BeforeEach
    void keepTheWorkerBusy() {
        ada = new JobClient(port, new Client(port).as("key-of-ada"));
        small = new JobClient(port, new Client(port).as("key-of-small"));
        experiments = new ExperimentClient(small);
        data = small.parabola(8);
        await().atMost(Duration.ofSeconds(30)).until(() -> unfinished(ada).isEmpty());
        ada.awaitState(ada.submit(JobClient.request(ada.parabola(8), ENDLESS)), "RUNNING");
    }

    @AfterEach
    void emptyTheQueue() {
        for (JobClient tenant : List.of(small, ada)) {
            unfinished(tenant).forEach(tenant::cancel);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> unfinished(tenant).isEmpty());
        }
    }

    private static List<String> unfinished(JobClient tenant) {
        List<String> ids = new ArrayList<>();
        for (JsonNode job :
                tenant.http.get(JobClient.JOBS + "?limit=500").json().get("data")) {
            if (!List.of("SUCCEEDED", "FAILED", "CANCELLED")
                    .contains(job.get("state").stringValue())) {
                ids.add(job.get("id").stringValue());
            }
        }
        return ids;
    }

    private ObjectNode variants(int count) {
        String[] variants = new String[count];
        for (int k = 0; k < count; k++) {
            variants[k] = "{\"name\": \"v" + k + "\"}";
        }
        return request(data, "{}", variants);
    }

    @Test
    void allVariantsAreQueuedOrNone() {
        int before = small.http.get(EXPERIMENTS).json().get("data").size();
        experiments.submit(variants(16));
        assertThat(unfinished(small)).hasSize(16);

        Answer refused = experiments.post(variants(5));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("queue-quota-exceeded");
        assertThat(refused.json().get("detail").stringValue())
                .contains("and has 16, too many for 5 more at once; the next of them should start in");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 3600);
        assertThat(unfinished(small)).hasSize(16);
        experiments.submit(variants(4));
        assertThat(unfinished(small)).hasSize(20);
        assertThat(small.http.get(EXPERIMENTS).json().get("data")).hasSize(before + 2);
    }

    @Test
    void queueTakesAllVariantsOrNone() {
        String adas = ada.parabola(8);
        for (int i = 0; i < 35; i++) {
            ada.submit(JobClient.request(adas));
        }

        Answer refused = experiments.post(variants(16));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().get("detail").stringValue()).contains("no room for 16 more jobs at once");
        assertThat(unfinished(small)).isEmpty();
        experiments.submit(variants(15));
    }

    @Test
    void retriedRequestIsAnsweredOnceTheShareHasRoom() {
        String waiting = small.submit(JobClient.request(data));
        for (int i = 0; i < 4; i++) {
            small.submit(JobClient.request(data));
        }
        String[] named = {"Idempotency-Key", "sixteen-" + System.nanoTime()};
        String body = variants(16).toString();
        assertThat(small.http.post(EXPERIMENTS, "application/json", body, named).status())
                .isEqualTo(429);

        small.cancel(waiting);

        assertThat(small.http.post(EXPERIMENTS, "application/json", body, named).status())
                .isEqualTo(202);
    }
}
