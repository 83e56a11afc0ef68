package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.training.plan.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Rows that count for more, or less, than one.
@BootedService
class SampleWeightsTest {

    private static final String[] ROWS = {
        "0.5,1,1.2,a", "-1,0.3,0.1,b", "2,-0.4,-0.7,a", "0.1,0.9,2.5,c", "-0.6,-1.1,0.4,b", "1.4,0.2,-1.9,c"
    };

    private final JobClient jobs;
    private final JsonMapper json;

    SampleWeightsTest(@LocalServerPort int port, @Autowired JsonMapper json) {
        jobs = new JobClient(port);
        this.json = json;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "squaredError                  | y     | 1",
                "absoluteError                 | y     | 1",
                "gaussianNegativeLogLikelihood | y     | 2",
                "softmaxCrossEntropy           | label | 3"
            })
    void aRowThatWeighsTwoCountsAsIfItStoodTwice(String loss, String target, int outputs) {
        String weighted = jobs.csv(table("1", "1", "2", "1", "1", "1"));
        String twice = jobs.csv(table("1", "1", "1", "1", "1", "1") + ROWS[2] + ",1\n");
        ObjectNode request = request(weighted, loss, target, outputs);
        JsonNode found = jobs.run(request);
        JsonNode expected = jobs.run(request.put("datasetId", twice));

        JsonNode losses = curve(found).get("trainingLoss");
        assertThat(losses).hasSize(20);
        for (int i = 0; i < losses.size(); i++) {
            assertThat(losses.get(i).doubleValue())
                    .isCloseTo(curve(expected).get("trainingLoss").get(i).doubleValue(), within(1e-12));
        }
        assertThat(loss(found, "training").doubleValue())
                .isCloseTo(loss(expected, "training").doubleValue(), within(1e-12));
        JsonNode model = curve(jobs.run(withoutWeights(request.put("datasetId", weighted))))
                .get("trainingLoss");
        assertThat(model.get(19).doubleValue()).isNotCloseTo(losses.get(19).doubleValue(), within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"squaredError", "softmaxCrossEntropy"})
    void weightsOfOneGiveTheBitsOfNoWeights(String loss) {
        String dataset = jobs.csv(table("1", "1", "1.0", "1", "1e0", "1"));
        ObjectNode request = request(dataset, loss, "label", 3).put("task", "classification");
        JsonNode weighted = jobs.run(request);
        JsonNode plain = jobs.run(withoutWeights(request));
        assertThat(model(weighted).get("weightsSha256")).isEqualTo(model(plain).get("weightsSha256"));
        assertThat(curve(weighted)).isEqualTo(curve(plain));
    }

    @Test
    void heldOutRowsAreMeasuredWithTheirWeights() {
        String dataset = jobs.csv(table("3", "0.25", "2", "7", "0.5", "1"));
        ObjectNode request = request(dataset, "squaredError", "y", 1);
        request.putObject("split").put("validation", 0.5);
        JsonNode job = jobs.run(request);
        JsonNode losses = curve(job).get("validationLoss");
        double validation = loss(job, "validation").doubleValue();
        assertThat(validation).isCloseTo(losses.get(19).doubleValue(), within(1e-12));

        String evaluations = "/api/v1/models/" + job.get("modelId").stringValue() + "/evaluations";
        JsonNode unweighted = jobs.http
                .post(evaluations, "{\"datasetId\": \"" + dataset + "\", \"part\": \"validation\"}")
                .json();
        assertThat(unweighted.get("loss").doubleValue()).isNotCloseTo(validation, within(1e-4));
        assertThat(unweighted.get("r2").doubleValue())
                .isCloseTo(part(job, "validation").get("r2").doubleValue(), within(1e-12));
    }

    @Test
    void weightsAreNoFeatureByThemselvesAndPartOfTheSpec() {
        String dataset = jobs.csv(table("3", "0.25", "2", "7", "0.5", "1"));
        ObjectNode request = request(dataset, "squaredError", "y", 1);
        request.remove("features");
        ((ObjectNode) request.get("network")).put("inputs", 5);
        JsonNode job = jobs.run(request);
        ObjectNode spec = (ObjectNode) job.get("spec");
        assertThat(spec.get("features").toString()).isEqualTo("[\"p\",\"q\",\"label\"]");
        assertThat(spec.get("sampleWeight").stringValue()).isEqualTo("w");
        assertThat(model(jobs.run(spec)).get("weightsSha256"))
                .isEqualTo(model(job).get("weightsSha256"));
    }

    @Test
    void specStoredWithoutWeightsCanStillBeRead() {
        ObjectNode request = request(jobs.csv(table("1", "1", "1", "1", "1", "1")), "squaredError", "y", 1);
        ObjectNode spec = (ObjectNode) jobs.run(request).get("spec");
        spec.remove("sampleWeight");
        assertThat(json.treeToValue(spec, JobSpec.class).sampleWeight()).isNull();
    }

    @Test
    void weightsTakeMemory() {
        ObjectNode request = request(jobs.csv(table("1", "1", "1", "1", "1", "1")), "squaredError", "y", 1);
        long weighted = memory(request);
        // a cell, a weight, and two buffers of as many rows as a batch has
        assertThat(weighted - memory(withoutWeights(request))).isEqualTo(6 * 4 * 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "z        |               | float64 | unknown-column | no column of this name",
                "y        |               | float64 | weight-is-target | its own rows",
                "q        |               | float64 | weight-is-feature | is a feature already",
                "label    |               | float64 | weight-type    | holds categories",
                "w        | 1,,2,,1,1     | float64 | missing-values | no value in 2 rows",
                "w        | 1,1,-0.5,1,1,1 | float64 | out-of-range  | row 2 (counted from 0) weighs less than 0",
                "w        | 0,0,0,0,0,-0  | float64 | no-weight      | all 3 training rows weigh 0",
                "w        | 1,1,1e39,1,1,1 | float32 | out-of-range  | more than float32 can hold",
                "w        | 1e-60,1e-60,1e-60,1e-60,1e-60,1e-60 | float32 | no-weight | all 3 training rows weigh 0",
                "w        | 1e308,1e308,1e308,1e308,1e308,1e308 | float64 | out-of-range | add up to more"
            })
    void columnThatCannotWeighRowsIsRefused(
            String column, String weights, String precision, String code, String message) {
        String[] cells = weights == null ? new String[] {"1", "1", "1", "1", "1", "1"} : weights.split(",");
        ObjectNode request = request(jobs.csv(table(cells)), "squaredError", "y", 1);
        request.put("sampleWeight", column).put("precision", precision);
        request.putObject("split").put("validation", 0.5);
        Answer answer = jobs.post(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(code + " /sampleWeight");
        assertThat(answer.json().get("errors").get(0).get("message").stringValue())
                .contains(message);
    }

    @Test
    void heldOutRowsThatAllWeighNothingAreRefused() {
        boolean refused = false;
        for (int row = 0; row < ROWS.length; row++) {
            String[] cells = {"1", "1", "1", "1", "1", "1"};
            cells[row] = "0";
            ObjectNode request = request(jobs.csv(table(cells)), "squaredError", "y", 1);
            request.putObject("split").put("validation", 0.1);
            Answer answer = jobs.http.post(JOBS + "?validateOnly=true", request.toString());
            refused |= answer.status() == 422 && answer.body().contains("all 1 validation rows weigh 0");
        }
        assertThat(refused).isTrue();
    }

    private static String table(String... weights) {
        StringBuilder table = new StringBuilder("p,q,y,label,w\n");
        for (int row = 0; row < ROWS.length; row++) {
            table.append(ROWS[row]).append(',').append(weights[row]).append('\n');
        }
        return table.toString();
    }

    private static ObjectNode request(String dataset, String loss, String target, int outputs) {
        return JobClient.request(dataset, """
                {"features": ["p", "q"], "target": "%s", "sampleWeight": "w", "loss": "%s", "seed": 3,
                 "batches": "full", "optimizer": {"type": "adam", "learningRate": 0.05},
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": 4, "activation": "tanh"},
                                                     {"type": "dense", "units": %d}]}}""".formatted(target, loss, outputs));
    }

    private static ObjectNode withoutWeights(ObjectNode request) {
        ObjectNode plain = request.deepCopy();
        plain.remove("sampleWeight");
        return plain;
    }

    private long memory(ObjectNode request) {
        return jobs.http
                .post(JOBS + "?validateOnly=true", request.toString())
                .json()
                .get("memoryBytes")
                .longValue();
    }

    private JsonNode curve(JsonNode job) {
        return jobs.http
                .get(JOBS + "/" + job.get("id").stringValue() + "/loss-curve")
                .json();
    }

    private JsonNode model(JsonNode job) {
        return jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json();
    }

    private JsonNode part(JsonNode job, String part) {
        return model(job).get("metrics").get(part);
    }

    private JsonNode loss(JsonNode job, String part) {
        return part(job, part).get("loss");
    }
}
