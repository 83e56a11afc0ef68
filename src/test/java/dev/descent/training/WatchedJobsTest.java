package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Schedules, metrics, early stopping and divergence, from the request to what a client reads of them.
@BootedService
class WatchedJobsTest {

    private final JobClient jobs;

    WatchedJobsTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    private JsonNode run(String changes) {
        return jobs.run(request(jobs.parabola(60), changes.replace('\'', '"')));
    }

    private JsonNode curve(JsonNode job) {
        return jobs.http.get(JOBS + "/" + id(job) + "/loss-curve").json();
    }

    private static String id(JsonNode job) {
        return job.get("id").stringValue();
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(value -> numbers.add(value.isNull() ? null : Double.valueOf(value.doubleValue())));
        return numbers;
    }

    @Test
    void curveHoldsTheLearningRateOfEveryStep() {
        JsonNode job = run("{'schedule': {'type': 'exponential', 'factor': 0.5}, 'steps': 3}");
        assertThat(numbers(curve(job).get("learningRate"))).containsExactly(0.001, 0.0005, 0.00025);
        JsonNode constant = run("{'steps': 3}");
        assertThat(numbers(curve(constant).get("learningRate"))).containsExactly(0.001, 0.001, 0.001);
    }

    @Test
    void metricsStandAtTheEndsOfEpochs() {
        JsonNode job = run("""
                {'metrics': ['r2'], 'split': {'validation': 0.2}, 'batches': {'type': 'shuffled', 'size': 16},
                 'steps': '-', 'epochs': 2}""");
        JsonNode metrics = curve(job).get("metrics");
        List<Double> training = numbers(metrics.get("trainingR2"));
        assertThat(training).hasSize(6);
        assertThat(training.get(0)).isNull();
        assertThat(training.get(2)).isNotNull().isLessThanOrEqualTo(1);
        assertThat(numbers(metrics.get("validationR2")).get(5)).isNotNull();
        JsonNode model = jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json();
        assertThat(training.get(5))
                .as("of the last epoch, and of the model")
                .isCloseTo(
                        model.get("metrics").get("training").get("r2").doubleValue(),
                        org.assertj.core.data.Offset.offset(1e-12));
        String events = jobs.http.get(JOBS + "/" + id(job) + "/events").body();
        assertThat(events)
                .contains("\"learningRate\":0.001,\"metrics\":{\"trainingR2\":"
                        + metrics.get("trainingR2").get(5));
        String csv = jobs.http
                .get(JOBS + "/" + id(job) + "/loss-curve", "Accept", "text/csv")
                .body();
        assertThat(csv.lines().findFirst().orElseThrow())
                .isEqualTo("step,trainingLoss,validationLoss,learningRate,trainingR2,validationR2");
    }

    @Test
    void jobThatStopsEarlySaysSoAndHasAModel() {
        JsonNode job = run("{'earlyStopping': {'type': 'lossChange', 'below': 1e300}, 'steps': 500}");
        assertThat(job.get("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(job.get("reason").stringValue()).isEqualTo("EARLY_STOPPED");
        assertThat(job.get("modelId").isString()).isTrue();
        assertThat(job.get("message").stringValue()).isEqualTo("Stopped after epoch 2, as earlyStopping asks.");
        assertThat(curve(job).get("steps")).hasSize(2);
    }

    @Test
    void jobThatRestoresItsBestEpochSaysWhichItWas() {
        JsonNode job = run("""
                {'earlyStopping': {'type': 'validationLoss', 'patience': 2}, 'split': {'validation': 0.2},
                 'batches': {'type': 'shuffled', 'size': 5}, 'steps': '-', 'epochs': 50}""");
        List<Double> losses = numbers(curve(job).get("validationLoss")).stream()
                .filter(Objects::nonNull)
                .toList();
        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;
        assertThat(job.get("message").stringValue())
                .contains("The weights are those of epoch " + best + ", whose validation loss was the least.");
    }

    @Test
    void jobThatDivergesNamesStepAndLayerAndLeavesItsLastFiniteWeights() {
        String diverging = "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}}";
        JsonNode job = jobs.awaitState(jobs.submit(request(jobs.parabola(60), diverging)), "FAILED");
        assertThat(job.get("reason").stringValue()).isEqualTo("DIVERGED");
        assertThat(job.get("modelId").isNull()).isTrue();
        assertThat(job.get("message").stringValue())
                .matches("Diverged at step \\d+ \\(epoch \\d+\\): .*layer \\d.* weights from before .*");
        var kept = jobs.http.get(JOBS + "/" + id(job) + "/last-weights");
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.json()).hasSize(2);
        assertThat(numbers(kept.json().get(0).get("weights").get(0))).doesNotContainNull();
        jobs.submit(request(jobs.parabola(60), "{\"initialWeights\": " + kept.body() + "}"));
    }

    @Test
    void jobThatSucceededLeavesNoLastWeights() {
        JsonNode job = run("{'steps': 3}");
        assertThat(jobs.http.get(JOBS + "/" + id(job) + "/last-weights").status())
                .isEqualTo(404);
    }

    @Test
    void theRemedyEndsWithTheCurveOfTheRunThatHeld() {
        JsonNode job = run("""
                {'optimizer': {'type': 'sgd', 'learningRate': 100}, 'steps': 200,
                 'onDivergence': {'type': 'restart', 'divideBy': 10, 'attempts': 6}}""");
        assertThat(job.get("state").stringValue()).as("%s", job).isEqualTo("SUCCEEDED");
        JsonNode curve = curve(job);
        assertThat(curve.get("steps")).hasSize(200);
        double rate = curve.get("learningRate").get(0).doubleValue();
        assertThat(rate).isLessThanOrEqualTo(0.01);
        JsonNode direct = run("{'optimizer': {'type': 'sgd', 'learningRate': " + rate + "}, 'steps': 200}");
        assertThat(curve(direct).get("trainingLoss")).isEqualTo(curve.get("trainingLoss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sgd', 'learningRate': 0.05",
                "'momentum', 'learningRate': 0.05",
                "'nesterov', 'learningRate': 0.05",
                "'rmsProp'",
                "'adagrad'",
                "'adadelta'",
                "'adam'",
                "'amsGrad'",
                "'adamW'",
                "'adamax'",
                "'nadam'",
                "'radam'",
                "'rprop'",
                "'lbfgs'",
                "'kfac'",
                "'shampoo'"
            })
    void everyOptimizerComesDownWithItsDefaults(String optimizer) {
        JsonNode job = run("""
                {'optimizer': {'type': %s}, 'steps': 100, 'features': ['x'],
                 'preprocessing': {'features': 'standardize', 'target': 'standardize'},
                 'network': {'inputs': 1, 'layers': [{'type': 'dense', 'units': 8, 'activation': 'tanh'},
                                                     {'type': 'dense', 'units': 1}]}}""".formatted(optimizer));
        List<Double> losses = numbers(curve(job).get("trainingLoss"));
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }

    @Test
    void everyKindOfLayerIsTrainedAndPredictedWithAndItsWeightsGoRound() {
        String network = """
                'network': {'inputs': 2, 'layers': [
                  {'type': 'dense', 'units': 6}, {'type': 'batchNormalization', 'activation': 'gelu'},
                  {'type': 'residual', 'layers': [{'type': 'dense', 'units': 6, 'activation': 'mish'}, 'dropout',
                                                  {'type': 'dense', 'units': 6}], 'activation': 'tanh'},
                  {'type': 'dense', 'units': 1}]}""";
        JsonNode job = run("{" + network + """
                , 'batches': {'type': 'shuffled', 'size': 20}, 'record': {'gradients': {'what': 'norms', 'every': 1}}}""");
        assertThat(job.get("state").stringValue()).as("%s", job).isEqualTo("SUCCEEDED");
        String model = "/api/v1/models/" + job.get("modelId").stringValue();
        var weights = jobs.http.get(model + "/weights");
        assertThat(weights.json()).hasSize(7);
        assertThat(weights.json().get(1).get("runningVariance")).hasSize(6);
        assertThat(weights.json().get(0).has("runningMean")).isFalse();
        JsonNode layers =
                jobs.http.get(JOBS + "/" + id(job) + "/gradients").json().get("layers");
        assertThat(layers.valueStream().map(layer -> layer.get("layer").intValue()))
                .containsExactly(0, 1, 2, 4, 6);
        String rows = "{\"rows\": [{\"one\": 1, \"x\": 2}]}";
        JsonNode first = jobs.http.post(model + "/predictions", rows).json();
        JsonNode copy = run("{" + network + ", 'initialWeights': " + weights.body() + """
                , 'optimizer': {'type': 'sgd', 'learningRate': 1e-300}, 'steps': 1}""");
        String copied = "/api/v1/models/" + copy.get("modelId").stringValue();
        JsonNode gamma = jobs.http.get(copied + "/weights").json().get(1).get("weights");
        assertThat(gamma).isEqualTo(weights.json().get(1).get("weights"));
        assertThat(first.get("predictions").get(0).get("value").isNumber()).isTrue();
    }
}
