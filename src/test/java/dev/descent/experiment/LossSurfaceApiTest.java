package dev.descent.experiment;

import static dev.descent.experiment.ExperimentClient.EXPERIMENTS;
import static dev.descent.experiment.ExperimentClient.jobIds;
import static dev.descent.experiment.ExperimentClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.training.JobClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class LossSurfaceApiTest {

    private static final String RECORDED = "{\"record\": {\"loss\": {\"every\": 1, \"over\": \"dataset\"},"
            + " \"weights\": {\"what\": \"values\", \"every\": 1}}, \"regularization\": {\"l2\": 0.01}}";
    private static final String SGD = "{\"name\": \"sgd\"}";
    private static final String ADAM =
            "{\"name\": \"adam\", \"optimizer\": {\"type\": \"adam\", \"learningRate\": 0.05}}";
    private static final String ELSEWHERE = "{\"name\": \"elsewhere\", \"weightInitializer\": \"glorotNormal\"}";
    private static final String WIDER =
            "{\"name\": \"wider\", \"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 5},"
                    + " {\"type\": \"dense\", \"units\": 1}]}}";
    private static final String DIVERGING =
            "{\"name\": \"diverging\", \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}}";

    private final ExperimentClient experiments;
    private final JobClient jobs;

    LossSurfaceApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
        experiments = new ExperimentClient(jobs);
    }

    private Answer ask(JsonNode experiment, String query) {
        return jobs.http.get(EXPERIMENTS + "/" + experiment.get("id").stringValue() + "/loss-surface" + query);
    }

    private JsonNode surface(JsonNode experiment, String query) {
        Answer answer = ask(experiment, query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /// The recorded weights of a job before each step, flattened.
    private List<double[]> weights(String jobId) {
        JsonNode layers =
                jobs.http.get(JobClient.JOBS + "/" + jobId + "/weights").json().get("layers");
        List<double[]> steps = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            List<Double> flat = new ArrayList<>();
            for (JsonNode layer : layers) {
                for (JsonNode row : layer.at("/weights/" + step)) {
                    row.forEach(weight -> flat.add(weight.doubleValue()));
                }
            }
            steps.add(flat.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return steps;
    }

    @Test
    void pathsHaveTheLossesOfTheCurvesAndTheDistancesOfTheWeights() {
        JsonNode experiment = experiments.run(request(jobs.parabola(20), RECORDED, SGD, ADAM));
        JsonNode surface = surface(experiment, "?points=5");
        assertThat(surface.get("through").stringValue()).isEqualTo("sgd");
        for (int k = 0; k < 2; k++) {
            String job = jobIds(experiment).get(k);
            JsonNode path = surface.at("/paths/" + k);
            double[] recorded = numbers(jobs.http
                    .get(JobClient.JOBS + "/" + job + "/loss-curve")
                    .json()
                    .get("trainingLoss"));
            double[] loss = numbers(path.get("loss"));
            assertThat(loss).hasSize(21);
            List<double[]> weights = weights(job);
            for (int step = 0; step < 20; step++) {
                assertThat(loss[step]).as("step %d", step).isEqualTo(recorded[step]);
                double squared = 0;
                for (int i = 0; i < weights.get(step).length; i++) {
                    double moved = weights.get(step)[i] - weights.getFirst()[i];
                    squared += moved * moved;
                }
                assertThat(Math.hypot(
                                Math.hypot(
                                        path.at("/x/" + step).doubleValue(),
                                        path.at("/y/" + step).doubleValue()),
                                path.at("/distance/" + step).doubleValue()))
                        .isCloseTo(Math.sqrt(squared), within(1e-12));
            }
        }
        JsonNode through = surface.at("/paths/0");
        assertThat(through.at("/x/0").doubleValue()).isZero();
        assertThat(through.at("/distance/0").doubleValue()).isZero();
        assertThat(through.at("/x/20").doubleValue())
                .isCloseTo(surface.at("/x/norm").doubleValue(), within(1e-14));
        assertThat(through.at("/y/20").doubleValue()).isCloseTo(0, within(1e-14));
        assertThat(through.at("/distance/20").doubleValue()).isCloseTo(0, within(1e-14));
        assertThat(surface.get("losses")).hasSize(5);
        assertThat(surface.at("/losses/0")).hasSize(5);
        assertThat(surface.at("/y/share").doubleValue()).isBetween(0.5, 1.0);
        assertThat(surface.get("explained").doubleValue()).isBetween(0.5, 1.0);
    }

    @Test
    void sameSurfaceHasTheSameBits() {
        JsonNode experiment = experiments.run(request(jobs.parabola(20), RECORDED, SGD, ADAM));
        JsonNode surface = surface(experiment, "?points=3&margin=0&steps=2&through=adam");
        assertThat(surface.at("/paths/0/steps").toString()).isEqualTo("[0,20]");
        assertThat(surface(experiment, "?points=3&margin=0&steps=2&through=adam"))
                .isEqualTo(surface);
    }

    @Test
    void oneLineOfPathsHasASecondDirectionOfItsOwn() {
        String line = "{\"network\": {\"inputs\": 1, \"layers\": [{\"type\": \"dense\", \"units\": 1, \"bias\": false},"
                + " {\"type\": \"dense\", \"units\": 1, \"bias\": false}]}, \"features\": [\"one\"], \"steps\": 1}";
        JsonNode experiment = experiments.run(request(
                jobs.parabola(20),
                line,
                SGD,
                "{\"name\": \"half\", \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.0005}}"));
        JsonNode surface = surface(experiment, "?points=3&margin=0");
        assertThat(surface.at("/losses/1/0").doubleValue())
                .as("the start is a point of the grid")
                .isCloseTo(surface.at("/paths/0/loss/0").doubleValue(), withinPercentage(1e-10));
        assertThat(surface.at("/losses/1/2").doubleValue())
                .as("and so is the end")
                .isCloseTo(surface.at("/paths/0/loss/1").doubleValue(), withinPercentage(1e-10));
        assertThat(surface.at("/y/share").isNull()).isTrue();
        assertThat(surface.at("/y/direction").stringValue()).contains("no path strays");
        assertThat(surface.get("explained").doubleValue()).isCloseTo(1, within(1e-12));
        assertThat(numbers(surface.at("/y/values"))).doesNotHaveDuplicates();
    }

    @Test
    void variantsThatHaveNoPlaceOnThePlaneAreNamed() {
        JsonNode experiment = experiments.run(request(jobs.parabola(20), "{}", SGD, ELSEWHERE, WIDER, DIVERGING));
        JsonNode surface = surface(experiment, "?points=3");
        assertThat(surface.get("leftOut").findValuesAsString("name")).containsExactly("wider");
        assertThat(surface.get("paths").findValuesAsString("name")).containsExactly("sgd", "elsewhere", "diverging");
        assertThat(surface.at("/paths/1/distance/0").doubleValue()
                        + Math.abs(surface.at("/paths/1/y/0").doubleValue()))
                .as("its start is another")
                .isPositive();
        assertThat(surface.at("/paths/2/diverged").booleanValue()).isTrue();
        double[] steps = numbers(surface.at("/paths/2/steps"));
        assertThat(surface.at("/x/values/2").doubleValue())
                .as("the grid is made without it")
                .isLessThan(1e6);
        assertThat(steps[0]).isZero();
        assertThat(surface.get("nonFinite").findValuesAsString("pointer"))
                .isNotEmpty()
                .allSatisfy(pointer -> assertThat(pointer).startsWith("/paths/2/"));
        assertThat(ask(experiment, "?through=diverging").problem()).isEqualTo("state-conflict");
    }

    @Test
    void batchNormalizationAndDropoutHaveTheObjectiveOfPredictions() {
        String normalized = "{\"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 4},"
                + " {\"type\": \"batchNormalization\", \"activation\": \"relu\"}, {\"type\": \"dropout\", \"rate\": 0.2},"
                + " {\"type\": \"dense\", \"units\": 1}]}, \"precision\": \"float32\","
                + " \"batches\": {\"type\": \"shuffled\", \"size\": 5},"
                + " \"record\": {\"loss\": {\"every\": 1, \"over\": \"dataset\"}}}";
        JsonNode experiment = experiments.run(request(jobs.parabola(20), normalized, SGD, ADAM));
        JsonNode surface = surface(experiment, "?points=2");
        assertThat(surface.at("/objective/statistics").stringValue()).isEqualTo("the end of sgd");
        double[] recorded = numbers(jobs.http
                .get(JobClient.JOBS + "/" + jobIds(experiment).get(1) + "/loss-curve")
                .json()
                .get("trainingLoss"));
        assertThat(numbers(surface.at("/paths/1/loss"))).startsWith(recorded);
    }

    @ParameterizedTest
    @CsvSource({
        "?points=1, 422, out-of-range ?points",
        "?points=500, 422, out-of-range ?points",
        "?steps=1, 422, out-of-range ?steps",
        "?margin=-1, 422, out-of-range ?margin",
        "?margin=NaN, 422, out-of-range ?margin",
        "?through=nobody, 422, unknown-variant ?through",
    })
    void whatCannotBeShownIsRefused(String query, int status, String errors) {
        JsonNode experiment = experiments.run(request(jobs.parabola(10), "{\"steps\": 2}", SGD, ADAM));
        Answer answer = ask(experiment, query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.errors()).isEqualTo(errors);
    }

    @Test
    void surfaceThatTakesTooMuchSaysHowMuch() {
        String wide = "{\"steps\": 1, \"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 3000},"
                + " {\"type\": \"dense\", \"units\": 1000}, {\"type\": \"dense\", \"units\": 1}]}}";
        JsonNode experiment = experiments.run(request(jobs.parabola(20), wide, SGD, ADAM));
        Answer answer = ask(experiment, "?points=201");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo("surface-exceeds-capacity ?points");
        assertThat(answer.json().get("detail").stringValue()).contains("2.4e+12 for the losses");
    }

    @Test
    void thereIsNoSurfaceWithoutEndsOrMovement() {
        String data = jobs.parabola(10);
        JsonNode running = experiments.submit(
                request(data, "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000000}}}", SGD, ADAM));
        assertThat(ask(running, "").problem()).isEqualTo("state-conflict");
        jobs.http.post(EXPERIMENTS + "/" + running.get("id").stringValue() + "/cancel", "");

        String still = "{\"steps\": 2, \"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 2,"
                + " \"bias\": false, \"activation\": \"relu\", \"weightInitializer\": \"zeros\"},"
                + " {\"type\": \"dense\", \"units\": 1, \"bias\": false, \"weightInitializer\": \"zeros\"}]}}";
        JsonNode unmoved = experiments.run(request(data, still, SGD, ADAM));
        assertThat(ask(unmoved, "").status()).isEqualTo(409);
        assertThat(ask(unmoved, "").body()).contains("end where they began");

        JsonNode ended = experiments.run(request(data, "{\"steps\": 2}", SGD, ADAM));
        assertThat(jobs.http.delete("/api/v1/datasets/" + data).status()).isEqualTo(204);
        assertThat(ask(ended, "").problem()).isEqualTo("dataset-deleted");
    }

    @Test
    void surfaceAndCurvesAreDrawnToo() {
        JsonNode experiment = experiments.run(request(jobs.parabola(20), "{}", SGD, ADAM, DIVERGING));
        Answer svg = jobs.http.get(
                EXPERIMENTS + "/" + experiment.get("id").stringValue() + "/loss-surface?points=3",
                "Accept",
                "image/svg+xml");
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(svg.body().strip()).startsWith("<svg").contains(">adam<", "log10 of the loss", "to its end");
        Answer png = ask(experiment, "?points=3&format=png");
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(png.body()).contains("PNG");

        Answer curves =
                jobs.http.get(EXPERIMENTS + "/" + experiment.get("id").stringValue() + "/loss-curve?format=svg");
        assertThat(curves.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(curves.body()).contains(">diverging<");
    }
}
