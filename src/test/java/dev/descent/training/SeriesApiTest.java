package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesApiTest {

    private final JobClient jobs;
    private String base = "";

    SeriesApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    /// 80 training rows in batches of 20, so 4 steps an epoch, 5 epochs.
    @BeforeAll
    void train() {
        var request = request(jobs.parabola(100), """
                {"split": {"validation": 0.2}, "batches": {"type": "shuffled", "size": 20}, "steps": "-", "epochs": 5,
                 "optimizer": {"type": "sgd", "learningRate": 1e-4},
                 "network": {"inputs": 2, "layers": [
                   {"type": "dense", "units": 3, "activation": "tanh"}, {"type": "dense", "units": 1, "bias": false}]},
                 "record": {"loss": {"every": 3}, "gradients": {"what": "norms", "every": 5},
                            "weights": {"what": "values", "every": 10, "layers": [1, 0]},
                            "activations": {"what": "values", "every": 9}}}""");
        base = JOBS + "/" + jobs.run(request).get("id").stringValue();
    }

    @Test
    void curveHasEveryRecordedStepAndTheValidationLossAtTheEndOfEachEpoch() {
        JsonNode curve = get("/loss-curve");
        assertThat(curve.get("steps").toString()).isEqualTo("[0,3,6,7,9,11,12,15,18,19]");
        for (int i = 0; i < curve.get("steps").size(); i++) {
            int step = curve.get("steps").get(i).intValue();
            assertThat(curve.get("trainingLoss").get(i).isNull()).isEqualTo(step % 3 != 0);
            assertThat(curve.get("validationLoss").get(i).isNull()).isEqualTo(step % 4 != 3);
            assertThat(curve.get("learningRate").get(i).doubleValue()).isEqualTo(1e-4);
        }
        assertThat(curve.get("sampled").booleanValue()).isFalse();
        assertThat(curve.get("every").intValue()).isEqualTo(3);
        assertThat(curve.get("over").stringValue()).isEqualTo("batch");
        assertThat(curve.get("nonFinite")).isEmpty();
    }

    @Test
    void bothEndsOfARangeAreInIt() {
        assertThat(get("/loss-curve?from=3&to=11").get("steps").toString()).isEqualTo("[3,6,7,9,11]");
        assertThat(get("/loss-curve?from=16&to=16").get("steps")).isEmpty();
        assertThat(get("/gradients?from=5&to=10").get("steps").toString()).isEqualTo("[5,10]");
    }

    @Test
    void curveIsThinnedOnlyWhenAskedAndSaysSo() {
        JsonNode curve = get("/loss-curve?maxPoints=6");
        assertThat(curve.get("sampled").booleanValue()).isTrue();
        assertThat(curve.get("steps").size()).isBetween(3, 6);
        assertThat(curve.get("steps").get(0).intValue()).isZero();
        assertThat(curve.get("steps").get(curve.get("steps").size() - 1).intValue())
                .isEqualTo(19);
        assertThat(get("/loss-curve?maxPoints=1000").get("sampled").booleanValue())
                .isFalse();
    }

    @Test
    void rowOfAThinnedCurveHoldsAllThatItsStepRecorded() {
        JsonNode whole = get("/loss-curve");
        List<Integer> steps = List.of(0, 3, 6, 7, 9, 11, 12, 15, 18, 19);
        for (int most = 2; most < 10; most++) {
            JsonNode thinned = get("/loss-curve?maxPoints=" + most);
            for (int i = 0; i < thinned.get("steps").size(); i++) {
                int row = steps.indexOf(thinned.get("steps").get(i).intValue());
                for (String series : List.of("trainingLoss", "validationLoss")) {
                    assertThat(thinned.get(series).get(i))
                            .as("%s of step %d of %d points", series, steps.get(row), most)
                            .isEqualTo(whole.get(series).get(row));
                }
            }
        }
    }

    @Test
    void curveComesAsCsv() {
        Answer csv = jobs.http.get(base + "/loss-curve", "Accept", "text/csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines).hasSize(11);
        assertThat(lines.getFirst()).isEqualTo("step,trainingLoss,validationLoss,learningRate");
        String loss = get("/loss-curve").get("trainingLoss").get(0).toString();
        assertThat(lines.get(1)).isEqualTo("0," + loss + ",,1.0E-4");
        assertThat(lines.get(4)).startsWith("7,,");
    }

    @Test
    void curveComesAsAChart() {
        Answer svg = jobs.http.get(base + "/loss-curve?scale=log", "Accept", "image/svg+xml");
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(svg.body()).startsWith("<svg ").contains(">training<", ">validation<");
        assertThat(jobs.http.get(base + "/loss-curve?format=svg").body()).isNotEqualTo(svg.body());
        Answer png = jobs.http.get(base + "/loss-curve?format=png");
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(png.body()).contains("PNG");
        assertThat(jobs.http
                        .get(base + "/loss-curve?format=json", "Accept", "text/csv")
                        .header("Content-Type"))
                .startsWith("application/json");
    }

    @Test
    void gradientNormsAreThereForEveryLayer() {
        JsonNode gradients = get("/gradients");
        assertThat(gradients.get("what").stringValue()).isEqualTo("norms");
        assertThat(gradients.get("steps").toString()).isEqualTo("[0,5,10,15]");
        assertThat(gradients.get("layers")).hasSize(2);
        JsonNode first = gradients.get("layers").get(0);
        assertThat(first.get("layer").intValue()).isZero();
        assertThat(first.get("weightGradient")).hasSize(4);
        assertThat(first.get("weightGradient").get(0).doubleValue()).isPositive();
        assertThat(first.get("biasGradient")).hasSize(4);
        assertThat(gradients.get("layers").get(1).get("biasGradient").isNull()).isTrue();
        List<String> lines = jobs.http
                .get(base + "/gradients?layer=0", "Accept", "text/csv")
                .body()
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("step,layer,weightGradient,biasGradient");
        assertThat(lines).hasSize(5);
    }

    @Test
    void weightValuesHaveTheirShapes() {
        JsonNode weights = get("/weights");
        assertThat(weights.get("what").stringValue()).isEqualTo("values");
        assertThat(weights.get("steps").toString()).isEqualTo("[0,10]");
        JsonNode last = weights.get("layers").get(0);
        assertThat(last.get("layer").intValue()).isEqualTo(1);
        assertThat(last.get("weights").get(1)).hasSize(1);
        assertThat(last.get("weights").get(1).get(0)).hasSize(3);
        assertThat(last.get("biases").isNull()).isTrue();
        JsonNode first = weights.get("layers").get(1);
        assertThat(first.get("weights").get(0)).hasSize(3);
        assertThat(first.get("weights").get(0).get(2)).hasSize(2);
        assertThat(first.get("biases").get(0).toString()).isEqualTo("[0.0,0.0,0.0]");
        assertThat(first.get("biases").get(1).get(0).doubleValue()).isNotCloseTo(0, within(0.0));
        List<String> lines = jobs.http
                .get(base + "/weights?layer=0&to=0", "Accept", "text/csv")
                .body()
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("step,layer,parameter,row,column,value");
        assertThat(lines).hasSize(1 + 6 + 3);
        assertThat(lines.get(6)).startsWith("0,0,weights,2,1,");
        assertThat(lines.get(7)).isEqualTo("0,0,biases,0,0,0.0");
    }

    @Test
    void histogramsAreMadeOfRecordedValues() {
        JsonNode values = get("/weights?layer=0");
        JsonNode histograms = get("/weights?layer=0&what=histograms&bins=4");
        assertThat(histograms.get("what").stringValue()).isEqualTo("histograms");
        assertThat(histograms.get("bins").intValue()).isEqualTo(4);
        JsonNode weights = histograms.get("layers").get(0).get("weights");
        for (int step = 0; step < 2; step++) {
            List<Double> entries = new ArrayList<>();
            values.get("layers")
                    .get(0)
                    .get("weights")
                    .get(step)
                    .forEach(row -> row.forEach(entry -> entries.add(entry.doubleValue())));
            double least = Collections.min(entries);
            double width = Collections.max(entries) - least;
            long[] counts = new long[4];
            entries.forEach(entry -> counts[(int) Math.min(3, 4 * ((entry - least) / width))]++);
            assertThat(weights.get("minimum").get(step).doubleValue()).isEqualTo(least);
            assertThat(weights.get("maximum").get(step).doubleValue()).isEqualTo(Collections.max(entries));
            assertThat(weights.get("counts").get(step).toString())
                    .isEqualTo(Arrays.toString(counts).replace(" ", ""));
        }
        JsonNode biases = histograms.get("layers").get(0).get("biases");
        assertThat(biases.get("zeros").toString()).isEqualTo("[3,0]");
        assertThat(biases.get("counts").get(0).toString()).isEqualTo("[3,0,0,0]");
        assertThat(get("/weights?what=norms")
                        .get("layers")
                        .get(1)
                        .get("biases")
                        .get(0)
                        .doubleValue())
                .isZero();
        List<String> lines = jobs.http
                .get(base + "/weights?layer=0&what=histograms&bins=2", "Accept", "text/csv")
                .body()
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("step,layer,parameter,minimum,maximum,mean,zeros,nonFinite,bin0,bin1");
        assertThat(lines.get(2)).isEqualTo("0,0,biases,0.0,0.0,0.0,3,0,3,0");
        assertThat(lines).hasSize(1 + 2 * 2);
    }

    /// Step 9 is in the middle of an epoch of 4 steps.
    @Test
    void activationsAreThoseOfTheTracedStep() {
        JsonNode activations = get("/activations");
        assertThat(activations.get("steps").toString()).isEqualTo("[0,9,18]");
        JsonNode traced = get("/steps/9/trace").get("layers");
        for (int layer = 0; layer < 2; layer++) {
            assertThat(activations.get("layers").get(layer).get("activation").get(1))
                    .isEqualTo(traced.get(layer).get("activation"));
        }
        assertThat(activations.get("layers").get(0).has("biases")).isFalse();
        double sum = 0;
        for (JsonNode row : traced.get(0).get("activation")) {
            for (JsonNode entry : row) {
                sum += entry.doubleValue() * entry.doubleValue();
            }
        }
        assertThat(get("/activations?layer=0&what=norms&from=9&to=9")
                        .get("layers")
                        .get(0)
                        .get("activation")
                        .get(0)
                        .doubleValue())
                .isEqualTo(Math.sqrt(sum));
        String csv = jobs.http
                .get(base + "/activations?layer=1&to=0", "Accept", "text/csv")
                .body();
        assertThat(csv.lines()).hasSize(1 + 20);
    }

    @Test
    void curveWithoutHeldOutRowsHasNoValidationLoss() {
        String id = jobs.run(request(jobs.parabola(10))).get("id").stringValue();
        JsonNode curve = jobs.http.get(JOBS + "/" + id + "/loss-curve").json();
        assertThat(curve.get("validationLoss").isNull()).isTrue();
        assertThat(curve.get("steps")).hasSize(20);
        Answer gradients = jobs.http.get(JOBS + "/" + id + "/gradients");
        assertThat(gradients.status()).isEqualTo(404);
        assertThat(gradients.problem()).isEqualTo("not-recorded");
    }

    @Test
    void lossOverTheDatasetIsTheObjectiveOverAllRowsBeforeTheUpdate() {
        var request = request(jobs.parabola(100), """
                {"batches": {"type": "sampled", "size": 1}, "optimizer": {"type": "sgd", "learningRate": 1e-6}, "record": {"loss": {"every": 1, "over": "dataset"}}}""");
        String id = jobs.run(request).get("id").stringValue();
        JsonNode sampled = jobs.http.get(JOBS + "/" + id + "/loss-curve").json();
        assertThat(sampled.get("over").stringValue()).isEqualTo("dataset");
        String full = jobs.run(request(jobs.parabola(100))).get("id").stringValue();
        JsonNode batch = jobs.http.get(JOBS + "/" + full + "/loss-curve").json();
        assertThat(sampled.get("trainingLoss").get(0))
                .isEqualTo(batch.get("trainingLoss").get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "/loss-curve?maxPoints=0, 422",
        "/loss-curve?maxPoints=-1, 422",
        "/loss-curve?maxPoints=1000000000, 422",
        "/loss-curve?maxPoints=abc, 400",
        "/loss-curve?from=5&to=4, 422",
        "/loss-curve?from=-1, 422",
        "/loss-curve?from=1&from=2, 400",
        "/loss-curve?format=pdf, 400",
        "/loss-curve?scale=root, 400",
        "/loss-curve?from=1e9, 400",
        "/gradients?what=values, 422",
        "/gradients?what=histograms, 422",
        "/gradients?what=sums, 400",
        "/gradients?bins=4, 422",
        "/weights?what=histograms&bins=1, 422",
        "/weights?what=histograms&bins=1001, 422",
        "/activations?layer=2, 422",
        "/activations?from=20, 404",
        "/gradients?layer=2, 422",
        "/gradients?layer=-1, 422",
        "/gradients?layer=abc, 400",
        "/gradients?from=20, 404",
        "/weights?from=20, 404"
    })
    void rangeThatCannotBeIsRefused(String path, int status) {
        Answer answer = jobs.http.get(base + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void otherFormsAreNotOffered() {
        assertThat(jobs.http.get(base + "/loss-curve", "Accept", "text/html").status())
                .isEqualTo(406);
        assertThat(jobs.http
                        .get(base + "/loss-curve", "Accept", "text/csv;q=0.5, application/json")
                        .header("Content-Type"))
                .startsWith("application/json");
    }

    private JsonNode get(String path) {
        Answer answer = jobs.http.get(base + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
