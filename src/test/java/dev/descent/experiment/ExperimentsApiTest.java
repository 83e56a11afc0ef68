package dev.descent.experiment;

import static dev.descent.experiment.ExperimentClient.EXPERIMENTS;
import static dev.descent.experiment.ExperimentClient.jobIds;
import static dev.descent.experiment.ExperimentClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.training.JobClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@BootedService
class ExperimentsApiTest {

    private static final String SHUFFLED = "{\"batches\": {\"type\": \"shuffled\", \"size\": 8}}";
    private static final String SGD = "{\"name\": \"sgd\"}";
    private static final String ADAM =
            "{\"name\": \"adam\", \"optimizer\": {\"type\": \"adam\", \"learningRate\": 0.01}}";
    private static final String HE = "{\"name\": \"he\", \"weightInitializer\": \"heNormal\"}";
    private static final String DROPPING =
            "{\"name\": \"dropout\", \"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 6},"
                    + " {\"type\": \"dropout\"}, {\"type\": \"dense\", \"units\": 1}]}}";
    private static final String SEEDED = "{\"name\": \"seeded\", \"seed\": 99}";
    private static final String ENDLESS = "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000000}}}";
    private static final int[] STEPS = {0, 1, 2, 3, 7, 19};

    private final ExperimentClient experiments;
    private final JobClient jobs;

    ExperimentsApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
        experiments = new ExperimentClient(jobs);
    }

    private String digest(JsonNode job) {
        return jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json()
                .at("/weightsSha256")
                .stringValue();
    }

    private JsonNode curve(String jobId) {
        return jobs.http
                .get(JobClient.JOBS + "/" + jobId + "/loss-curve")
                .json()
                .get("trainingLoss");
    }

    @Test
    void variantsHaveTheBitsOfTheSameJobsSubmittedAlone() {
        String data = jobs.parabola(20);
        JsonNode experiment = experiments.run(request(data, SHUFFLED, SGD, ADAM));
        JsonNode alone = jobs.run(JobClient.request(data, SHUFFLED));
        ObjectNode other = JobClient.request(data, SHUFFLED);
        other.set("optimizer", experiment.at("/variants/1/differs/0/variant"));
        JsonNode otherAlone = jobs.run(other);

        assertThat(experiment.at("/variants/0/weightsSha256").stringValue()).isEqualTo(digest(alone));
        assertThat(experiment.at("/variants/1/weightsSha256").stringValue()).isEqualTo(digest(otherAlone));
        List<String> ids = jobIds(experiment);
        assertThat(curve(ids.get(0))).isEqualTo(curve(alone.get("id").stringValue()));
        assertThat(curve(ids.get(1))).isEqualTo(curve(otherAlone.get("id").stringValue()));
        assertThat(jobs.get(ids.get(0)).at("/spec/batchSeed").isNull())
                .as("nothing else draws from the stream")
                .isTrue();
    }

    @Test
    void variantsOfOneStartSeeTheSameRowsAndSaySo() {
        JsonNode experiment = experiments.run(request(jobs.parabola(20), SHUFFLED, SGD, ADAM));
        List<String> ids = jobIds(experiment);

        assertThat(experiments.rows(ids.get(1), STEPS)).isEqualTo(experiments.rows(ids.get(0), STEPS));
        assertThat(experiments.trace(ids.get(1), 0).at("/layers/0/weights"))
                .isEqualTo(experiments.trace(ids.get(0), 0).at("/layers/0/weights"));
        JsonNode paired = experiment.get("paired");
        assertThat(paired.at("/weights/same").booleanValue()).isTrue();
        assertThat(paired.at("/batchOrder/same").booleanValue()).isTrue();
        assertThat(paired.get("batchSeed").isNull()).isTrue();
        assertThat(paired.get("dropoutMasks").isNull()).isTrue();
        assertThat(experiment.at("/variants/0/initialWeightsSha256")).isEqualTo(paired.get("weightsSha256"));
        assertThat(experiment.at("/variants/0/differs").isEmpty()).isTrue();
        assertThat(experiment.at("/variants/1/differs").findValuesAsString("pointer"))
                .containsExactly("/optimizer");
    }

    @Test
    void variantsThatDrawOtherWeightsOrMasksSeeTheSameRowsStill() {
        String data = jobs.parabola(20);
        JsonNode experiment = experiments.run(request(data, SHUFFLED, SGD, HE, DROPPING, SEEDED));
        List<String> ids = jobIds(experiment);

        List<JsonNode> rows = experiments.rows(ids.getFirst(), STEPS);
        assertThat(rows).doesNotHaveDuplicates();
        for (String id : ids) {
            assertThat(experiments.rows(id, STEPS)).isEqualTo(rows);
        }
        JsonNode paired = experiment.get("paired");
        assertThat(paired.at("/batchOrder/same").booleanValue()).isTrue();
        assertThat(paired.get("batchSeed").longValue()).isEqualTo(11);
        assertThat(paired.at("/weights/same").booleanValue()).isFalse();
        assertThat(paired.get("weightsSha256").isNull()).isTrue();
        assertThat(paired.at("/dropoutMasks/same").booleanValue()).isFalse();
        assertThat(experiment.get("variants").findValuesAsString("initialWeightsSha256"))
                .doesNotHaveDuplicates();

        var spec = (ObjectNode) jobs.get(ids.get(1)).get("spec");
        assertThat(digest(jobs.run(spec)))
                .isEqualTo(experiment.at("/variants/1/weightsSha256").stringValue());
    }

    @Test
    void dropoutAndBatchSizesLeaveThePermutationAlone() {
        String network = "{\"epochs\": 3, \"steps\": \"-\", \"network\": {\"inputs\": 2, \"layers\": ["
                + "{\"type\": \"dense\", \"units\": 3}, {\"type\": \"dropout\"}, {\"type\": \"dense\", \"units\": 1}]}}";
        JsonNode experiment = experiments.run(request(
                jobs.parabola(12),
                network,
                "{\"name\": \"4\", \"batches\": {\"type\": \"shuffled\", \"size\": 4}}",
                "{\"name\": \"6\", \"batches\": {\"type\": \"shuffled\", \"size\": 6}}"));
        List<String> ids = jobIds(experiment);

        assertThat(flat(experiments.rows(ids.get(0), 3, 4, 5))).isEqualTo(flat(experiments.rows(ids.get(1), 2, 3)));
        JsonNode paired = experiment.get("paired");
        assertThat(paired.at("/weights/same").booleanValue()).isTrue();
        assertThat(paired.at("/batchOrder/same").booleanValue()).isFalse();
        assertThat(paired.at("/batchOrder/because").stringValue()).contains("same permutation");
    }

    private static List<Integer> flat(List<JsonNode> batches) {
        return batches.stream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::intValue)
                .toList();
    }

    @Test
    void planTellsWhatEachVariantWouldTakeAndStoresNothing() {
        ObjectNode request = request(jobs.parabola(20), "{}", SGD, HE);
        request.put("name", "only a plan");
        Answer answer = jobs.http.post(EXPERIMENTS + "?validateOnly=true", request.toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/variants/1/plan/steps").intValue()).isEqualTo(20);
        assertThat(answer.json().at("/variants/1/differs").findValuesAsString("pointer"))
                .containsExactly("/network/layers/0/weightInitializer", "/network/layers/1/weightInitializer");
        assertThat(answer.json().at("/paired/batchSeed").isNull())
                .as("full batches have no order")
                .isTrue();
        assertThat(jobs.http.get(EXPERIMENTS + "?q=ONLY%20a%20plan").json().get("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {\"name\": \"a\"} | out-of-range /variants",
                "{} | {\"name\": \"a\"}, {\"name\": \"a\"} | duplicate /variants/1/name",
                "{} | {\"name\": \"a\"}, {\"name\": \"b,c\"} | bad-name /variants/1/name",
                "{} | {\"name\": \"a\"}, {\"name\": \"b\", \"optimizer\": \"lbfgs\", \"batches\": {\"type\": \"sampled\", \"size\": 2}}"
                        + " | full-batch-required /variants/1/batches",
                "{\"batches\": {\"type\": \"sampled\", \"size\": 2}} | {\"name\": \"a\"}, {\"name\": \"b\", \"optimizer\": \"lbfgs\"}"
                        + " | full-batch-required /job/batches",
                "{\"target\": \"z\"} | {\"name\": \"a\"}, {\"name\": \"b\"} | unknown-column /job/target",
                "{} | {\"name\": \"a\"}, {\"name\": \"b\", \"networkId\": \"net_0\"} | reference-not-found /variants/1/networkId",
                "{} | {\"name\": \"a\"}, {\"name\": \"b\", \"network\": {\"inputs\": 3, \"layers\": [{\"type\": \"dense\", \"units\": 1}]}}"
                        + " | inputs-mismatch /variants/1/network",
                "{\"split\": {\"validation\": 0.2}} | {\"name\": \"a\"}, {\"name\": \"b\", \"seed\": 3} | other-rows /variants/1/seed",
                "{\"name\": \"x\"} | {\"name\": \"a\"}, {\"name\": \"b\"} | not-here /job/name",
                "{} | {\"name\": \"a\"}, {\"name\": \"b\", \"weightInitializer\": \"zeros\", \"initialWeights\": []}"
                        + " | ambiguous /variants/1/weightInitializer",
                "{} | {\"name\": \"a\"}, {\"name\": \"b\", \"optimizer\": {\"type\": \"sgd\", \"learningRate\": -1}}"
                        + " | out-of-range /variants/1/optimizer/learningRate",
                "{\"steps\": 0} | {\"name\": \"a\", \"steps\": 0.5}, {\"name\": \"b\", \"epochs\": 2}, {\"name\": \"c\"}"
                        + " | 'out-of-range /variants/0/steps, out-of-range /job/steps'",
            })
    void whatIsWrongIsToldWhereTheRequestSaysIt(String changes, String variants, String errors) {
        ObjectNode request = request(jobs.parabola(10), changes, variants);
        if (changes.contains("name")) {
            ((ObjectNode) request.get("job")).put("name", "x");
        }
        Answer answer = experiments.post(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(errors);
        assertThat(jobs.http
                        .get(EXPERIMENTS + "/exp_00000000000000000000000000")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsWrongWithSomeVariantsNamesThem() {
        Answer answer = experiments.post(request(
                jobs.parabola(10),
                "{\"batches\": {\"type\": \"sampled\", \"size\": 2}}",
                SGD,
                "{\"name\": \"quasi-Newton\", \"optimizer\": \"lbfgs\"}"));
        assertThat(answer.json().at("/errors/0/message").stringValue()).startsWith("with quasi-Newton: ");
    }

    @Test
    void experimentIsListedCancelledAndDeletedWithItsJobs() {
        ObjectNode request = request(jobs.parabola(10), ENDLESS, SGD, ADAM);
        request.put("name", "to be forgotten");
        JsonNode experiment = experiments.submit(request);
        String id = experiment.get("id").stringValue();
        List<String> ids = jobIds(experiment);
        assertThat(jobs.get(ids.getFirst()).get("experimentId").stringValue()).isEqualTo(id);
        assertThat(jobs.get(ids.getLast()).get("name").stringValue()).isEqualTo("to be forgotten: adam");
        JsonNode listed = jobs.http.get(EXPERIMENTS + "?q=FORGOTTEN").json().at("/data/0");
        assertThat(listed.get("id").stringValue()).isEqualTo(id);
        assertThat(listed.get("variants").toString()).isEqualTo("[\"sgd\",\"adam\"]");
        assertThat(jobs.http.delete(EXPERIMENTS + "/" + id).problem()).isEqualTo("state-conflict");

        assertThat(jobs.http.post(EXPERIMENTS + "/" + id + "/cancel", "").status())
                .isEqualTo(202);
        JsonNode ended = experiments.awaitEnd(id);
        assertThat(ended.at("/jobs").toString()).isEqualTo("[{\"state\":\"CANCELLED\",\"jobs\":2}]");
        assertThat(jobs.http.post(EXPERIMENTS + "/" + id + "/cancel", "").status())
                .as("twice does no harm")
                .isEqualTo(202);

        assertThat(jobs.http.delete(EXPERIMENTS + "/" + id).status()).isEqualTo(204);
        assertThat(jobs.http.get(EXPERIMENTS + "/" + id).status()).isEqualTo(404);
        for (String job : ids) {
            assertThat(jobs.http.get(JobClient.JOBS + "/" + job).status()).isEqualTo(404);
        }
    }

    @Test
    void jobsMayBeDeletedOneByOne() {
        JsonNode experiment = experiments.run(request(jobs.parabola(10), "{}", SGD, ADAM));
        String id = experiment.get("id").stringValue();
        assertThat(jobs.http.post(EXPERIMENTS + "/" + id + "/cancel", "").status())
                .isEqualTo(409);
        assertThat(jobs.http
                        .delete(JobClient.JOBS + "/" + jobIds(experiment).getFirst())
                        .status())
                .isEqualTo(204);
        JsonNode left = experiments.get(id);
        assertThat(left.at("/variants/0/state").isNull()).isTrue();
        assertThat(left.at("/variants/1/state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(left.at("/jobs/0/jobs").intValue()).isEqualTo(1);
        assertThat(curves(id).get("jobs")).hasSize(1);
    }

    private JsonNode curves(String id) {
        return jobs.http.get(EXPERIMENTS + "/" + id + "/loss-curve").json();
    }

    @Test
    void curvesOfAllVariantsHaveOneAxisAndTheirNames() {
        JsonNode experiment = experiments.run(request(jobs.parabola(10), "{}", SGD, ADAM));
        String id = experiment.get("id").stringValue();
        JsonNode curves = curves(id);
        assertThat(curves.get("steps")).hasSize(20);
        assertThat(curves.at("/jobs/1/name").stringValue()).isEqualTo("adam");
        assertThat(curves.at("/jobs/1/trainingLoss"))
                .isEqualTo(curve(jobIds(experiment).get(1)));
        Answer csv = jobs.http.get(EXPERIMENTS + "/" + id + "/loss-curve?maxPoints=5", "Accept", "text/csv");
        assertThat(csv.body().lines()).hasSize(6);
        assertThat(csv.body())
                .startsWith("step,sgd.trainingLoss,sgd.validationLoss,adam.trainingLoss,adam.validationLoss\n");
        assertThat(jobs.http
                        .get(EXPERIMENTS + "/" + id + "/loss-curve?maxPoints=1")
                        .errors())
                .isEqualTo("out-of-range ?maxPoints");
    }

    @Test
    void sameRequestSentAgainMakesNoSecondExperiment() {
        String body = request(jobs.parabola(10), "{}", SGD, ADAM).toString();
        String[] named = {"Idempotency-Key", "experiment-" + System.nanoTime()};
        Answer first = jobs.http.post(EXPERIMENTS, "application/json", body, named);
        Answer again = jobs.http.post(EXPERIMENTS, "application/json", body, named);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(first.header("Location"))
                .isEqualTo(EXPERIMENTS + "/" + first.json().get("id").stringValue());
    }
}
