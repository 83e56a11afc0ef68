package dev.descent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One network that answers several columns. Outputs that share no weights learn as if each had a network of its own.
@BootedService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralTargetsTest {

    private static final String LOSS = """
            {"type": "weightedSum", "terms": [
                {"loss": {"type": "gaussianNegativeLogLikelihood", "reduction": "sum"}, "outputs": 4},
                {"loss": {"type": "softmaxCrossEntropy", "reduction": "sum"}, "outputs": 3},
                {"loss": {"type": "squaredError", "reduction": "sum"}, "outputs": 1},
                {"loss": {"type": "binaryCrossEntropy", "reduction": "sum"}, "outputs": 2}]}""";
    private static final String TARGETS = "[\"y1\", \"y2\", \"kind\", \"y3\", \"flag\", \"side\"]";
    private static final String ROWS = "{\"rows\": [{\"p\": 0.4, \"q\": -1.5}, {\"p\": -2, \"q\": 0.25}]}";

    private final JobClient jobs;
    private String dataset = "";

    SeveralTargetsTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @BeforeAll
    void upload() {
        dataset = jobs.csv("""
                p,q,y1,y2,kind,y3,flag,side,gap
                0.5,1,1.2,10,a,-3,0,left,1
                -1,0.3,0.1,30,b,4,1,right,
                2,-0.4,-0.7,20,a,2,1,left,3
                0.1,0.9,2.5,50,c,-1,0,left,4
                -0.6,-1.1,0.4,10,b,-2,1,right,5
                1.4,0.2,-1.9,20,c,5,0,right,6
                """);
    }

    @Test
    void eachTargetIsAnsweredAndMeasuredAsByAModelOfItsOwn() {
        JsonNode job =
                jobs.run(request("[\"p\", \"q\"]", LOSS, 10, "standardize").set("targets", json(TARGETS)));
        JsonNode predictions = predict(job);
        JsonNode measures = training(job).get("targets");
        assertThat(measures).hasSize(6);
        String[] losses = {
            "gaussianNegativeLogLikelihood",
            "gaussianNegativeLogLikelihood",
            "softmaxCrossEntropy",
            "squaredError",
            "binaryCrossEntropy",
            "binaryCrossEntropy"
        };
        int[] outputs = {2, 2, 3, 1, 1, 1};
        for (int t = 0; t < losses.length; t++) {
            String target = json(TARGETS).get(t).stringValue();
            JsonNode alone = jobs.run(request(
                            "[\"p\", \"q\"]",
                            "{\"type\": \"%s\", \"reduction\": \"sum\"}".formatted(losses[t]),
                            outputs[t],
                            losses[t].endsWith("Entropy") ? "none" : "standardize")
                    .put("target", target));
            for (int row = 0; row < 2; row++) {
                JsonNode found = predictions.get(row).get("targets").get(target);
                assertClose(found, predict(alone).get(row));
            }
            JsonNode expected = training(alone);
            assertThat(expected.has("targets")).isFalse();
            assertThat(measures.get(t).get("target").stringValue()).isEqualTo(target);
            assertThat(measures.get(t).get("accuracy")).isEqualTo(expected.get("accuracy"));
            if (expected.get("accuracy").isNull()) {
                assertThat(measures.get(t).get("r2").doubleValue())
                        .isCloseTo(expected.get("r2").doubleValue(), within(1e-12));
            }
        }
    }

    @Test
    void theElementsOfOneLossAreTargetsToo() {
        ObjectNode request = request("[\"p\", \"q\"]", "{\"type\": \"huber\"}", 2, "standardize");
        request.remove("features");
        ((ObjectNode) request.get("network")).put("inputs", 10);
        request.set("targets", json("[\"y1\", \"y2\"]"));
        Answer refused = jobs.post(request);
        assertThat(refused.errors()).isEqualTo("missing-values /features");
        request.set("features", json("[\"p\", \"q\", \"kind\"]"));
        ((ObjectNode) request.get("network")).put("inputs", 5);
        JsonNode job = jobs.run(request);
        JsonNode spec = job.get("spec");
        assertThat(spec.get("targets").toString()).isEqualTo("[\"y1\",\"y2\"]");
        assertThat(spec.get("target").isNull()).isTrue();
        assertThat(model(jobs.run((ObjectNode) spec)).get("weightsSha256"))
                .isEqualTo(model(job).get("weightsSha256"));
    }

    @Test
    void modelTellsItsTargets() {
        JsonNode job =
                jobs.run(request("[\"p\", \"q\"]", LOSS, 10, "standardize").set("targets", json(TARGETS)));
        JsonNode model = model(job);
        assertThat(model.get("task").stringValue()).isEqualTo("several");
        assertThat(model.get("target").isNull()).isTrue();
        assertThat(model.get("targets").get(2).toString())
                .isEqualTo("{\"column\":\"kind\",\"classes\":[\"a\",\"b\",\"c\"]}");
        assertThat(model.get("preprocessing").get("targets")).hasSize(3);
        assertThat(jobs.http.get("/api/v1/models").body()).contains("\"targets\":[\"y1\",\"y2\",\"kind\",");

        String path = path(job);
        Answer csv = jobs.http.post(path + "/predictions", "text/csv", "p,q,flag\n0.4,-1.5,1\n");
        assertThat(csv.status()).as(csv.body()).isEqualTo(200);
        assertThat(csv.body().lines().findFirst().orElseThrow())
                .isEqualTo("y1,y1 standardDeviation,y2,y2 standardDeviation,kind,probability of kind=a,"
                        + "probability of kind=b,probability of kind=c,y3,flag,probability of flag=0,"
                        + "probability of flag=1,side,probability of side=left,probability of side=right");
        assertThat(csv.body().lines().skip(1).findFirst().orElseThrow().split(","))
                .hasSize(15)
                .contains(predict(job)
                        .get(0)
                        .get("targets")
                        .get("y3")
                        .get("value")
                        .toString());
        Answer evaluated = jobs.http.post(path + "/evaluations", "{\"datasetId\": \"" + dataset + "\"}");
        assertThat(evaluated.status()).isEqualTo(422);
        assertThat(evaluated.errors()).isEqualTo("several-targets ");
        Answer gradients =
                jobs.http.post(path + "/predictions", ROWS.replace("]}", "], \"include\": [\"inputGradients\"]}"));
        assertThat(gradients.errors()).isEqualTo("several-targets /include");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'target': 'y1', 'targets': ['y1', 'y2']}                      | ambiguous /targets",
                "{'targets': ['y1']}                                            | out-of-range /targets",
                "{'targets': []}                                                | out-of-range /targets",
                "{'targets': ['y1', 'y1']}                                      | duplicate-column /targets",
                "{'targets': ['y1', 'y2', 'y3']}                                | targets-mismatch /targets",
                "{'targets': ['y1', 'z']}                                       | unknown-column /targets/1",
                "{'targets': ['y1', 'p']}                                       | target-is-feature /features/0",
                "{'targets': ['y1', 'kind']}                                    | target-type /targets/1",
                "{'targets': ['y1', 'gap']}                                     | missing-values /targets/1",
                "{'targets': ['y1', 'y2'], 'sampleWeight': 'y2'}                | weight-is-target /sampleWeight",
                "{'targets': ['y1', 'y2'], 'task': 'regression'}                | several-targets /task",
                "{'targets': ['y1', 'y2'], 'metrics': ['r2']}                   | several-targets /metrics",
                "{'targets': ['y1', 'y2'], 'loss': null}                        | required /loss",
                "{'targets': ['y1', 'y2'], 'split': {'validation': 0.3, 'stratified': true}} | several-targets /split/stratified",
                "{'targets': ['flag', 'y1'], 'loss': 'binaryCrossEntropy'}      | target-type /targets/1",
                "{'targets': ['y1', 'kind'], 'loss': {'type': 'weightedSum', 'terms': [{'loss': 'squaredError', 'outputs': 1}]}} | loss-outputs /loss/terms"
            })
    void targetsThatDoNotGoWithTheLossAreRefused(String changes, String errors) {
        ObjectNode request = request("[\"p\", \"q\"]", "{\"type\": \"squaredError\"}", 2, "none");
        json(changes.replace('\'', '"'))
                .properties()
                .forEach(change -> request.set(change.getKey(), change.getValue()));
        Answer answer = jobs.post(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(errors);
    }

    @Test
    void classesNeedAnOutputEach() {
        ObjectNode request = request("[\"p\", \"q\"]", """
                {"type": "weightedSum", "terms": [{"loss": "squaredError", "outputs": 1},
                                                  {"loss": "softmaxCrossEntropy", "outputs": 2}]}""", 3, "none");
        Answer answer = jobs.post(request.set("targets", json("[\"y1\", \"kind\"]")));
        assertThat(answer.errors()).isEqualTo("outputs-mismatch /targets/1");
    }

    private ObjectNode request(String features, String loss, int outputs, String scaling) {
        return JobClient.request(dataset, """
                {"features": %s, "target": "-", "loss": %s, "batches": "full", "steps": 40,
                 "preprocessing": {"target": "%s"}, "optimizer": {"type": "sgd", "learningRate": 0.01},
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": %d, "weightInitializer": "zeros"}]}}""".formatted(features, loss, scaling, outputs));
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    private static void assertClose(JsonNode found, JsonNode expected) {
        assertThat(found.propertyNames()).isEqualTo(expected.propertyNames());
        expected.properties().forEach(property -> {
            JsonNode value = found.get(property.getKey());
            if (property.getValue().isNumber()) {
                assertThat(value.doubleValue()).isCloseTo(property.getValue().doubleValue(), within(1e-12));
            } else if (property.getValue().isObject()) {
                assertClose(value, property.getValue());
            } else {
                assertThat(value).isEqualTo(property.getValue());
            }
        });
    }

    private static String path(JsonNode job) {
        return "/api/v1/models/" + job.get("modelId").stringValue();
    }

    private JsonNode predict(JsonNode job) {
        Answer answer = jobs.http.post(path(job) + "/predictions", ROWS);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("predictions");
    }

    private JsonNode model(JsonNode job) {
        return jobs.http.get(path(job)).json();
    }

    private JsonNode training(JsonNode job) {
        return model(job).get("metrics").get("training");
    }
}
