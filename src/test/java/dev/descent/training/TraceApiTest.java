package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

@BootedService
class TraceApiTest {

    private static final String RECORD =
            "\"record\": {\"gradients\": {\"what\": \"values\", \"every\": 1}, \"weights\": {\"what\": \"values\", \"every\": 1}}";

    private final JobClient jobs;

    TraceApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    private static String layers(String inner) {
        return "\"network\": {\"inputs\": 2, \"layers\": [" + inner + ", {\"type\": \"dense\", \"units\": 1}]}";
    }

    private static String optimizer(String type) {
        return "\"optimizer\": {\"type\": \"" + type + "\", \"learningRate\": 0.01}";
    }

    private static String slow(String type) {
        return optimizer(type).replace("0.01", "0.0001");
    }

    private static final String TANH = "{\"type\": \"dense\", \"units\": 5, \"activation\": \"tanh\"}";
    private static final String NORMALIZED = TANH + ", {\"type\": \"batchNormalization\", \"activation\": \"relu\"}";
    private static final String DROPPED = TANH + ", {\"type\": \"dropout\", \"rate\": 0.3}";
    private static final String AROUND = TANH + ", {\"type\": \"residual\", \"layers\": [" + TANH + "]}";
    private static final String SHUFFLED = "\"batches\": {\"type\": \"shuffled\", \"size\": 16}";
    private static final String SAMPLED = "\"batches\": {\"type\": \"sampled\", \"size\": 8}";

    static List<String> settings() {
        List<String> all = new ArrayList<>();
        all.add(slow("sgd") + ", " + SAMPLED);
        all.add(slow("momentum") + ", " + SHUFFLED + ", \"schedule\": {\"type\": \"cosine\"}");
        all.add(optimizer("nesterov") + ", " + SHUFFLED + ", " + layers(NORMALIZED));
        all.add(optimizer("adam") + ", " + SHUFFLED + ", " + layers(DROPPED));
        all.add(optimizer("rmsProp") + ", " + SAMPLED + ", \"precision\": \"float32\"");
        all.add(optimizer("adagrad") + ", " + SHUFFLED
                + ", \"gradientClipping\": {\"type\": \"norm\", \"limit\": 0.1}");
        all.add(optimizer("adadelta") + ", " + SHUFFLED + ", " + layers(AROUND));
        all.add(optimizer("adamW") + ", " + SAMPLED + ", " + layers(DROPPED) + ", \"precision\": \"float32\"");
        all.add(optimizer("nadam") + ", " + SHUFFLED + ", \"sampleWeight\": \"one\", \"features\": [\"x\"], "
                + layers(TANH).replace("\"inputs\": 2", "\"inputs\": 1"));
        all.add(optimizer("adamax") + ", " + SHUFFLED + ", \"regularization\": {\"l2\": 0.1, \"maxNorm\": 1}");
        all.add(optimizer("lbfgs") + ", " + layers(AROUND));
        all.add(optimizer("kfac") + ", " + SHUFFLED + ", " + layers(NORMALIZED) + ", \"precision\": \"float32\"");
        return all;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void weightsAndGradientsAreThoseThatAJobRecords(String settings) {
        String id = jobs.run(JobClient.request(
                        jobs.parabola(40), "{\"steps\": 25, \"seed\": 4, " + settings + ", " + RECORD + "}"))
                .get("id")
                .stringValue();
        JsonNode weights = jobs.http.get(JOBS + "/" + id + "/weights").json();
        JsonNode gradients = jobs.http.get(JOBS + "/" + id + "/gradients").json();
        JsonNode losses = jobs.http.get(JOBS + "/" + id + "/loss-curve").json();
        for (int step : new int[] {0, 7, 24}) {
            JsonNode trace = trace(id, step);
            assertThat(trace.get("step").intValue()).isEqualTo(step);
            assertThat(trace.get("objective")).isEqualTo(losses.at("/trainingLoss/" + step));
            for (JsonNode recorded : weights.get("layers")) {
                JsonNode layer = trace.at("/layers/" + recorded.get("layer"));
                assertThat(layer.get("weights")).isEqualTo(recorded.at("/weights/" + step));
                assertThat(layer.get("biases")).isEqualTo(orNull(recorded.at("/biases/" + step)));
                if (step < 24) {
                    assertThat(layer.get("newWeights")).isEqualTo(recorded.at("/weights/" + (step + 1)));
                }
            }
            for (JsonNode recorded : gradients.get("layers")) {
                JsonNode layer = trace.at("/layers/" + recorded.get("layer"));
                assertThat(layer.get("weightGradient")).isEqualTo(recorded.at("/weightGradient/" + step));
                assertThat(layer.get("biasGradient")).isEqualTo(orNull(recorded.at("/biasGradient/" + step)));
            }
        }
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? NullNode.getInstance() : node;
    }

    @Test
    void firstStepOfAJobThatWaitsIsThereAndTheNextIsNot() {
        String data = jobs.parabola(20);
        List<String> blocking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blocking.add(jobs.submit(
                    JobClient.request(data, "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000000}}}")));
        }
        String waiting = jobs.submit(JobClient.request(data));
        assertThat(jobs.state(waiting)).isEqualTo("QUEUED");
        JsonNode first = trace(waiting, 0);
        Answer next = jobs.http.get(path(waiting, 1));
        blocking.forEach(jobs::cancel);
        jobs.awaitState(waiting, "SUCCEEDED");
        assertThat(trace(waiting, 0)).isEqualTo(first);
        assertThat(next.status()).isEqualTo(409);
        assertThat(next.problem()).isEqualTo("step-not-reached");
        assertThat(next.body()).contains("the steps 0 to 0");
    }

    @Test
    void runningJobShowsTheStepsItHasComeTo() {
        String id = jobs.submit(JobClient.request(
                jobs.parabola(20), "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000000}}}"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.get(id).at("/progress/step").intValue() > 10);
        JsonNode third = trace(id, 3);
        Answer far = jobs.http.get(path(id, 999_999_999));
        jobs.cancel(id);
        jobs.awaitState(id, "CANCELLED");
        assertThat(far.status()).isEqualTo(409);
        assertThat(far.body()).contains("RUNNING");
        assertThat(trace(id, 3)).isEqualTo(third);
    }

    @Test
    void stepThatNoJobHasIsRefused() {
        String id = jobs.run(JobClient.request(jobs.parabola(20))).get("id").stringValue();
        assertThat(jobs.http.get(path(id, 19)).status()).isEqualTo(200);
        Answer answer = jobs.http.get(path(id, 20));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("it has the steps 0 to 19");
        assertThat(jobs.http.get(path(id, -1)).status()).isEqualTo(422);
        assertThat(jobs.http.get(path("job_00000000000000000000000000", 0)).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"?layer=2", "?layer=-1", "?rows=0", "?rows=9-3", "?rows=x", "?rows=20-22"})
    void whatTheStepDoesNotHaveIsRefused(String query) {
        String id = jobs.run(JobClient.request(jobs.parabola(20))).get("id").stringValue();
        Answer answer = jobs.http.get(path(id, 3) + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void layersAndRowsCanBeChosen() {
        String id = jobs.run(JobClient.request(jobs.parabola(20))).get("id").stringValue();
        JsonNode whole = trace(id, 3);
        JsonNode part = jobs.http.get(path(id, 3) + "?layer=1&rows=5-7").json();
        assertThat(part.get("layers")).hasSize(1);
        assertThat(part.at("/layers/0/index").intValue()).isEqualTo(1);
        assertThat(part.at("/batch/rows").toString()).isEqualTo("[5,6,7]");
        assertThat(part.at("/batch/size").intValue()).isEqualTo(20);
        for (int i = 0; i < 3; i++) {
            assertThat(part.at("/layers/0/delta/" + i)).isEqualTo(whole.at("/layers/1/delta/" + (5 + i)));
            assertThat(part.at("/batch/inputs/" + i)).isEqualTo(whole.at("/batch/inputs/" + (5 + i)));
        }
        assertThat(part.at("/layers/0/newWeights")).isEqualTo(whole.at("/layers/1/newWeights"));
        assertThat(jobs.http.get(path(id, 3) + "?layer=0&layer=1&rows=2").json().get("layers"))
                .hasSize(2);
    }

    @Test
    void rowsAreThoseOfTheDataset() {
        String data = jobs.parabola(30);
        String id = jobs.run(
                        JobClient.request(data, "{\"split\": {\"validation\": 0.3, \"test\": 0.2}, " + SAMPLED + "}"))
                .get("id")
                .stringValue();
        JsonNode batch = trace(id, 11).get("batch");
        JsonNode rows =
                jobs.http.get("/api/v1/datasets/" + data + "/rows?limit=30").json();
        assertThat(batch.get("inputNames").toString()).isEqualTo("[\"one\",\"x\"]");
        for (int i = 0; i < 8; i++) {
            JsonNode row = rows.at("/rows/" + batch.at("/rows/" + i));
            assertThat(batch.at("/inputs/" + i + "/1")).isEqualTo(row.get(1));
            assertThat(batch.at("/targets/" + i + "/0")).isEqualTo(row.get(2));
        }
    }

    @Test
    void stepThatDivergedIsOpenedToo() {
        String id = jobs.submit(
                JobClient.request(
                        jobs.parabola(20),
                        "{\"steps\": 500, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}, \"onDivergence\": \"fail\"}"));
        JsonNode job = jobs.awaitState(id, "FAILED");
        int last = job.at("/progress/step").intValue();
        JsonNode trace = trace(id, last);
        assertThat(trace.get("divergence").isNull()).isFalse();
        assertThat(trace.findValuesAsString("reason")).anyMatch(reason -> reason.contains("not finite"));
        if (last > 0) {
            assertThat(trace(id, last - 1).get("divergence").isNull()).isTrue();
        }
        assertThat(jobs.http.get(path(id, last + 1)).status()).isEqualTo(422);
    }

    @Test
    void runThatBeganAgainShowsItsLastBeginning() {
        String id = jobs.run(JobClient.request(
                        jobs.parabola(20),
                        "{\"steps\": 40, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 100},"
                                + " \"onDivergence\": {\"type\": \"restart\", \"divideBy\": 1000, \"attempts\": 5}, "
                                + RECORD + "}"))
                .get("id")
                .stringValue();
        assertThat(jobs.get(id).at("/progress/round").intValue()).isPositive();
        JsonNode trace = trace(id, 5);
        JsonNode weights = jobs.http.get(JOBS + "/" + id + "/weights").json();
        assertThat(trace.get("round")).isEqualTo(jobs.get(id).at("/progress/round"));
        assertThat(trace.at("/layers/0/weights")).isEqualTo(weights.at("/layers/0/weights/5"));
        assertThat(trace.at("/layers/0/newWeights")).isEqualTo(weights.at("/layers/0/weights/6"));
    }

    @Test
    void earlierBeginningIsThatOfARunWithoutRemedy() {
        String data = jobs.parabola(20);
        String rate = "\"steps\": 40, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 100}, \"onDivergence\": ";
        String plain = jobs.submit(JobClient.request(data, "{" + rate + "\"fail\"}"));
        int last = jobs.awaitState(plain, "FAILED").at("/progress/step").intValue();
        String again = jobs.run(JobClient.request(
                        data, "{" + rate + "{\"type\": \"restart\", \"divideBy\": 1000, \"attempts\": 5}}"))
                .get("id")
                .stringValue();
        int rounds = jobs.get(again).at("/progress/round").intValue();
        assertThat(last).isPositive();
        for (int step : new int[] {0, last}) {
            JsonNode trace = jobs.http.get(path(again, step) + "?round=0").json();
            assertThat(trace.get("round").intValue()).isZero();
            assertThat(trace.get("layers")).isEqualTo(trace(plain, step).get("layers"));
            assertThat(trace.get("divergence")).isEqualTo(trace(plain, step).get("divergence"));
        }
        assertThat(jobs.http.get(path(again, 3) + "?round=" + rounds).json().get("layers"))
                .isEqualTo(trace(again, 3).get("layers"));
        Answer beyond = jobs.http.get(path(again, last + 1) + "?round=0");
        assertThat(beyond.status()).as(beyond.body()).isEqualTo(422);
        assertThat(beyond.body()).contains("diverged in step " + last).contains("the steps 0 to " + last);
        Answer none = jobs.http.get(path(again, 0) + "?round=" + (rounds + 1));
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.errors()).endsWith(" ?round");
        assertThat(jobs.http.get(path(plain, 0) + "?round=1").body()).contains("has not begun again");
    }

    @Test
    void stepsBeforeAForkAreItsParents() {
        String data = jobs.parabola(30);
        String settings = optimizer("adam") + ", " + SHUFFLED;
        String parent = jobs.run(JobClient.request(data, "{\"steps\": 30, " + settings + "}"))
                .get("id")
                .stringValue();
        String longer = jobs.run(JobClient.request(data, "{\"steps\": 60, " + settings + "}"))
                .get("id")
                .stringValue();
        String fork = jobs.http
                .post(JOBS + "/" + parent + "/fork", "{\"steps\": 60}")
                .json()
                .get("id")
                .stringValue();
        jobs.awaitState(fork, "SUCCEEDED");
        for (int step : new int[] {0, 29, 30, 45, 59}) {
            JsonNode trace = trace(fork, step);
            assertThat(trace.get("jobId").stringValue()).isEqualTo(step < 30 ? parent : fork);
            assertThat(trace.get("layers")).isEqualTo(trace(longer, step).get("layers"));
        }
        jobs.http.delete(JOBS + "/" + parent);
        Answer before = jobs.http.get(path(fork, 29));
        assertThat(before.status()).isEqualTo(409);
        assertThat(before.problem()).isEqualTo("parent-deleted");
        assertThat(trace(fork, 30).get("layers")).isEqualTo(trace(longer, 30).get("layers"));
    }

    @Test
    void withoutItsDatasetAJobCannotBeReplayed() {
        String data = jobs.parabola(20);
        String id = jobs.run(JobClient.request(data)).get("id").stringValue();
        assertThat(jobs.http.delete("/api/v1/datasets/" + data).status()).isEqualTo(204);
        Answer answer = jobs.http.get(path(id, 3));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("dataset-deleted");
    }

    private JsonNode trace(String id, int step) {
        Answer answer = jobs.http.get(path(id, step));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String path(String id, int step) {
        return JOBS + "/" + id + "/steps/" + step + "/trace";
    }
}
