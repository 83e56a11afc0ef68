package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class TrainingJobsApiTest {

    /// Long enough that nothing waits for its end.
    private static final String ENDLESS = "{\"steps\": 2000000000, \"record\": {\"loss\": {\"every\": 1000000}}}";

    private final JobClient jobs;

    TrainingJobsApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @Test
    void acceptedJobIsTrainedIntoAModel() {
        Answer accepted = jobs.post(request(jobs.parabola(100)));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        String id = accepted.json().get("id").stringValue();
        assertThat(id).matches("job_[0-9a-z]{26}");
        assertThat(accepted.header("Location")).isEqualTo(JOBS + "/" + id);

        JsonNode job = jobs.awaitState(id, "SUCCEEDED");
        assertThat(job.get("reason").stringValue()).isEqualTo("COMPLETED");
        assertThat(job.get("attempt").intValue()).isEqualTo(1);
        assertThat(job.get("queuePosition").isNull()).isTrue();
        assertThat(job.get("progress").get("step").intValue()).isEqualTo(20);
        assertThat(job.get("progress").get("fraction").doubleValue()).isEqualTo(1);
        assertThat(job.get("startedAt").stringValue()).endsWith("Z");
        String model = job.get("modelId").stringValue();
        assertThat(jobs.http.get("/api/v1/models/" + model).status()).isEqualTo(200);
        assertThat(jobs.http.get(JOBS + "/" + id + "/model").status()).isEqualTo(303);
    }

    @Test
    void datasetMayBeNamedAndTheNewestOfThatNameIsMeant() {
        jobs.parabola(30);
        String newest = jobs.parabola(50);
        JsonNode job = jobs.run(request("parabola"));
        assertThat(job.get("spec").get("datasetId").stringValue()).isEqualTo(newest);
    }

    @Test
    void exampleOfTheDescriptionRunsAsItStands() {
        jobs.parabola(100);
        JsonNode accepted = jobs.http.post(JOBS, TrainingJobExamples.PARABOLA).json();
        JsonNode job = jobs.awaitState(accepted.get("id").stringValue(), "SUCCEEDED");
        // what the lecture's notebook prints after 9010 steps
        assertThat(job.get("progress").get("loss").doubleValue()).isCloseTo(4.13989255519, within(1e-9));
    }

    @Test
    void specOfAJobHoldsEveryDefaultAndMakesTheSameJobAgain() {
        var request = request(jobs.parabola(50), """
                {"features": "-", "loss": "-", "batches": "-", "seed": "-", "steps": "-", "epochs": 3}""");
        JsonNode first = jobs.run(request);
        JsonNode spec = first.get("spec");
        assertThat(spec.get("features").toString()).isEqualTo("[\"one\",\"x\"]");
        assertThat(spec.get("task").stringValue()).isEqualTo("regression");
        assertThat(spec.get("loss").toString())
                .isEqualTo("{\"type\":\"squaredError\",\"reduction\":\"mean\",\"scale\":1.0}");
        assertThat(spec.get("batches").stringValue()).isEqualTo("full");
        assertThat(spec.get("precision").stringValue()).isEqualTo("float64");
        assertThat(spec.get("schedule").toString()).isEqualTo("{\"type\":\"constant\",\"warmup\":null}");
        assertThat(spec.get("record").get("loss").toString()).isEqualTo("{\"every\":1,\"over\":\"batch\"}");

        Answer again = jobs.http.post(JOBS, spec.toString());
        assertThat(again.status()).as(again.body()).isEqualTo(202);
        JsonNode second = jobs.awaitState(again.json().get("id").stringValue(), "SUCCEEDED");
        assertThat(second.get("spec")).isEqualTo(spec);
        assertThat(weightsDigest(second)).isEqualTo(weightsDigest(first));
    }

    @Test
    void requestOfTheContractIsTaken() {
        String network = jobs.http
                .post("/api/v1/networks", "{\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 1}]}")
                .json()
                .get("id")
                .stringValue();
        Answer answer = jobs.http.post(JOBS, """
                {"name": "parabola", "datasetId": "%s", "features": ["one", "x"], "target": "y", "task": "regression",
                 "preprocessing": {"features": {"type": "standardize", "degreesOfFreedom": 1}, "target": "none"},
                 "split": {"validation": 0.2, "test": 0.1, "stratified": false},
                 "networkId": "%s", "initialWeights": null,
                 "loss": {"type": "squaredError", "reduction": "mean", "scale": 0.5},
                 "optimizer": {"type": "adam", "learningRate": 0.001}, "schedule": "constant",
                 "batches": {"type": "shuffled", "size": 100}, "epochs": 10,
                 "precision": "float64", "seed": 10, "threads": 1,
                 "regularization": {"l2": 0.0}, "gradientClipping": null, "earlyStopping": null,
                 "record": {"loss": {"every": 1}, "gradients": {"what": "norms", "every": 100}, "weights": null},
                 "priority": 0, "timeLimitSeconds": null}""".formatted(jobs.parabola(1000), network));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        JsonNode job = jobs.awaitState(answer.json().get("id").stringValue(), "SUCCEEDED");
        assertThat(job.get("progress").get("step").intValue()).isEqualTo(70);
        // the column of ones does not vary
        assertThat(job.get("warnings").get(0).get("code").stringValue()).isEqualTo("constant-column");
    }

    @Test
    void numbersArePutOnTheScaleThatIsAskedForAndPredictionsBack() {
        String id = jobs.submit(request(jobs.parabola(101), """
                {"preprocessing": {"features": {"type": "minMax", "minimum": -1}, "target": "quantile"},
                 "features": ["x"], "network": {"inputs": 1, "layers": [{"type": "dense", "units": 20,
                 "activation": "tanh"}, {"type": "dense", "units": 1}]},
                 "optimizer": {"type": "adam", "learningRate": 0.01}, "steps": 1500}"""));
        String model = jobs.awaitState(id, "SUCCEEDED").get("modelId").stringValue();
        JsonNode scalings = jobs.http.get("/api/v1/models/" + model).json().get("preprocessing");
        assertThat(scalings.get("features").toString())
                .isEqualTo("[{\"input\":\"x\",\"offset\":0.0,\"divisor\":10.0}]");
        assertThat(scalings.get("target").get("offset").doubleValue()).isBetween(24.0, 26.0); // the median of x^2
        assertThat(scalings.get("target").get("divisor").doubleValue()).isBetween(48.0, 52.0);
        JsonNode predicted = jobs.http
                .post("/api/v1/models/" + model + "/predictions", "{\"rows\": [{\"x\": 6}]}")
                .json();
        assertThat(predicted.get("predictions").get(0).get("value").doubleValue())
                .isBetween(33.0, 39.0);
    }

    @Test
    void storedNetworkIsResolvedAndNoLongerNeeded() {
        String network = """
                {"inputs": 2, "layers": [{"type": "dense", "units": 1}]}""";
        String id = jobs.http.post("/api/v1/networks", network).json().get("id").stringValue();
        var request = request(jobs.parabola(10), "{\"network\": \"-\", \"networkId\": \"" + id + "\"}");
        String job = jobs.submit(request);
        assertThat(jobs.http.delete("/api/v1/networks/" + id).status()).isEqualTo(204);
        JsonNode spec = jobs.awaitState(job, "SUCCEEDED").get("spec");
        assertThat(spec.get("network").get("layers").get(0).get("units").intValue())
                .isEqualTo(1);
    }

    @Test
    void validateOnlyPlansAndStoresNothing() {
        var request = request(jobs.parabola(100), """
                {"name": "planned only", "batches": {"type": "shuffled", "size": 20}, "steps": "-", "epochs": 3,
                 "split": {"validation": 0.2, "test": 0.1}, "record": {"gradients": {"what": "norms", "every": 2}}}""");
        Answer plan = jobs.http.post(JOBS + "?validateOnly=true", request.toString());
        assertThat(plan.status()).as(plan.body()).isEqualTo(200);
        JsonNode json = plan.json();
        assertThat(json.get("parameters").intValue()).isEqualTo(12);
        assertThat(json.get("trainingRows").intValue()).isEqualTo(70);
        assertThat(json.get("validationRows").intValue()).isEqualTo(20);
        assertThat(json.get("testRows").intValue()).isEqualTo(10);
        assertThat(json.get("stepsPerEpoch").intValue()).isEqualTo(4);
        assertThat(json.get("steps").intValue()).isEqualTo(12);
        // 12 losses, 3 validation losses, 6 times the norms of two layers without biases
        assertThat(json.get("recordBytes").intValue()).isEqualTo(8 * (12 + 3 + 6 * 2));
        assertThat(json.get("memoryBytes").longValue()).isPositive();
        assertThat(json.get("warnings")).isEmpty();
        assertThat(jobs.http.get(JOBS + "?q=planned%20only").json().get("data")).isEmpty();
    }

    @Test
    void warningsStayWithTheJob() {
        String data = jobs.csv("x,label\n1,a\n2,b\n3,a\n4,b\n5,c\n6,a\n7,b\n8,a\n");
        var request = request(data, """
                {"features": ["x"], "target": "label", "task": "classification",
                 "loss": "squaredError", "split": {"validation": 0.5}, "seed": 3,
                 "network": {"inputs": 1, "layers": [{"type": "dense", "units": 2, "weightInitializer": "zeros"},
                                                     {"type": "dense", "units": 3, "activation": "softmax"}]}}""");
        JsonNode warnings = jobs.run(request).get("warnings");
        List<String> codes = new ArrayList<>();
        warnings.forEach(warning -> codes.add(warning.get("code").stringValue()));
        assertThat(codes).contains("symmetric-start", "softmax-output");
    }

    @Test
    void classUnseenInTrainingIsAWarning() {
        String data = jobs.csv("x,label\n1,a\n2,b\n3,a\n4,b\n5,c\n6,a\n7,b\n8,a\n9,a\n10,b\n");
        boolean warned = false;
        for (int seed = 0; seed < 20 && !warned; seed++) {
            var request = request(data, """
                    {"features": ["x"], "target": "label", "loss": "-", "split": {"validation": 0.5},
                     "network": {"inputs": 1, "layers": [{"type": "dense", "units": 3}]}, "seed": %d}""".formatted(seed));
            Answer plan = jobs.http.post(JOBS + "?validateOnly=true", request.toString());
            assertThat(plan.status()).as(plan.body()).isEqualTo(200);
            warned = plan.body().contains("unseen-class");
        }
        assertThat(warned).isTrue();
    }

    @Test
    void divergedJobFailsWithStepAndLayerAndKeepsItsCurve() {
        String id = jobs.submit(request(
                jobs.parabola(100), "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}, \"steps\": 1000}"));
        JsonNode job = jobs.awaitState(id, "FAILED");
        assertThat(job.get("reason").stringValue()).isEqualTo("DIVERGED");
        assertThat(job.get("message").stringValue())
                .containsPattern("step \\d+")
                .containsPattern("layer \\d");
        assertThat(job.get("modelId").isNull()).isTrue();
        assertThat(jobs.http.get(JOBS + "/" + id + "/model").problem()).isEqualTo("no-model");
        Answer curve = jobs.http.get(JOBS + "/" + id + "/loss-curve");
        assertThat(curve.body()).doesNotContain("NaN,").doesNotContain("Infinity,");
        JsonNode losses = curve.json().get("trainingLoss");
        assertThat(losses.get(losses.size() - 1).isNull()).isTrue();
        JsonNode last = curve.json().get("nonFinite").get(0);
        assertThat(last.get("step").intValue()).isEqualTo(losses.size() - 1);
        assertThat(last.get("reason").stringValue()).isIn("NaN", "Infinity");
    }

    @Test
    void timeLimitEndsARun() {
        String id = jobs.submit(JobClient.request(jobs.parabola(100), ENDLESS).put("timeLimitSeconds", 1));
        JsonNode job = jobs.awaitState(id, "FAILED");
        assertThat(job.get("reason").stringValue()).isEqualTo("TIME_LIMIT");
        assertThat(job.get("progress").get("step").longValue()).isPositive();
    }

    @Test
    void runningJobShowsProgressAndIsCancelledWithinAStep() {
        String id = jobs.submit(request(jobs.parabola(100), ENDLESS));
        jobs.awaitState(id, "RUNNING");
        org.awaitility.Awaitility.await()
                .until(
                        () -> jobs.get(id).get("progress"),
                        progress -> progress.get("step").longValue() > 0);
        JsonNode progress = jobs.get(id).get("progress");
        assertThat(progress.get("steps").longValue()).isEqualTo(2_000_000_000L);
        assertThat(progress.get("rowsPerSecond").doubleValue()).isPositive();
        assertThat(progress.get("remainingSeconds").doubleValue()).isPositive();
        assertThat(jobs.http.get(JOBS + "/" + id + "/model").problem()).isEqualTo("model-not-ready");
        assertThat(jobs.http.delete(JOBS + "/" + id).problem()).isEqualTo("state-conflict");

        assertThat(jobs.cancel(id).status()).isEqualTo(202);
        assertThat(jobs.cancel(id).status()).isEqualTo(202);
        JsonNode job = jobs.awaitState(id, "CANCELLED");
        assertThat(job.get("progress").get("remainingSeconds").doubleValue()).isZero();
        assertThat(job.get("reason").stringValue()).isEqualTo("USER");
        assertThat(jobs.cancel(id).status()).isEqualTo(202);
    }

    @Test
    void waitingJobHasAPlaceAndIsCancelledAtOnce() {
        String data = jobs.parabola(100);
        String running = jobs.submit(request(data, ENDLESS));
        jobs.awaitState(running, "RUNNING");
        String first = jobs.submit(request(data, "{\"name\": \"waiting\"}"));
        String urgent = jobs.submit(request(data, "{\"name\": \"waiting\", \"priority\": 5}"));
        assertThat(jobs.get(urgent).get("queuePosition").intValue()).isEqualTo(1);
        assertThat(jobs.get(first).get("queuePosition").intValue()).isEqualTo(2);
        JsonNode list = jobs.http.get(JOBS + "?state=QUEUED&q=WAIT").json().get("data");
        assertThat(list).hasSize(2);
        assertThat(list.get(0).get("id").stringValue()).isEqualTo(urgent);

        assertThat(jobs.cancel(first).json().get("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(jobs.http.delete("/api/v1/datasets/" + data).problem()).isEqualTo("resource-in-use");
        jobs.cancel(urgent);
        jobs.cancel(running);
        jobs.awaitState(running, "CANCELLED");
        assertThat(jobs.http.delete("/api/v1/datasets/" + data).status()).isEqualTo(204);
    }

    @Test
    void finishedJobCannotBeCancelledButDeleted() {
        JsonNode job = jobs.run(request(jobs.parabola(10)));
        String id = job.get("id").stringValue();
        Answer refused = jobs.cancel(id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("state-conflict");
        assertThat(jobs.http.delete(JOBS + "/" + id).status()).isEqualTo(204);
        assertThat(jobs.http.get(JOBS + "/" + id).status()).isEqualTo(404);
        assertThat(jobs.http
                        .get("/api/v1/models/" + job.get("modelId").stringValue())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void unchangedJobIsNotSentAgain() {
        String id = jobs.run(request(jobs.parabola(10))).get("id").stringValue();
        Answer first = jobs.http.get(JOBS + "/" + id);
        String tag = first.header("ETag");
        assertThat(tag).isNotEmpty();
        Answer second = jobs.http.get(JOBS + "/" + id, "If-None-Match", tag);
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(jobs.http.get(JOBS + "/" + id, "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void unknownJobIsNotFoundEverywhere() {
        for (String path : List.of("", "/events", "/loss-curve", "/gradients", "/weights", "/model")) {
            Answer answer = jobs.http.get(JOBS + "/job_00000000000000000000000000" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
        }
        assertThat(jobs.cancel("job_x").status()).isEqualTo(404);
        assertThat(jobs.http.delete(JOBS + "/job_x").status()).isEqualTo(404);
    }

    private String weightsDigest(JsonNode job) {
        JsonNode model = jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json();
        String digest = find(model, "weightsSha256");
        assertThat(digest).hasSize(64);
        return digest;
    }

    private static String find(JsonNode node, String name) {
        return node.findValue(name).stringValue();
    }
}
