package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Frames of films beside the decision grids of jobs that ended where the frame is.
@BootedService
class DecisionFilmApiTest {

    private static final String SHUFFLED = "\"seed\": 4, \"batches\": {\"type\": \"shuffled\", \"size\": 16},"
            + " \"optimizer\": {\"type\": \"adam\", \"learningRate\": 0.01},"
            + " \"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 5, \"activation\": \"tanh\"},"
            + " {\"type\": \"batchNormalization\", \"activation\": \"relu\"}, {\"type\": \"dense\", \"units\": 1}]}";

    private final JobClient jobs;

    DecisionFilmApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            points=7             | values
            points=7&layer=1     | units
            x=x&y=one&xFrom=-20&yFrom=0&yTo=2&points=5 | values
            """)
    void eachFrameIsTheGridOfTheModelThatWouldHaveBeenMadeThere(String plane, String field) {
        String data = jobs.parabola(40);
        JsonNode film = film(train(data, 30), "steps=0,7,30&" + plane);

        assertThat(film.get("frames")).hasSize(3);
        for (int frame = 1; frame < 3; frame++) {
            int steps = film.get("frames").get(frame).get("step").intValue();
            String model = jobs.get(train(data, steps)).get("modelId").stringValue();
            JsonNode grid = jobs.http
                    .get("/api/v1/models/" + model + "/decision-grid?" + plane)
                    .json();
            assertThat(film.get("frames").get(frame).get(field)).isEqualTo(grid.get(field));
            assertThat(film.get("x")).isEqualTo(grid.get("x"));
            assertThat(film.get("held")).isEqualTo(grid.get("held"));
        }
        assertThat(film.get("frames").get(0).get(field))
                .isNotEqualTo(film.get("frames").get(1).get(field));
    }

    @Test
    void framesAreSpreadByAConstantFactorFromTheStartToTheEnd() {
        JsonNode film = film(train(jobs.parabola(16), 64), "frames=8&points=2");

        assertThat(film.findValuesAsString("step")).containsExactly("0", "1", "2", "4", "8", "16", "32", "64");
    }

    @Test
    void aFailedJobIsShownUpToTheStepThatItCameTo() {
        String id = jobs.submit(JobClient.request(
                jobs.parabola(8),
                "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}, \"onDivergence\": \"fail\"}"));
        jobs.awaitState(id, "FAILED");
        int steps = jobs.get(id).at("/progress/step").intValue();
        JsonNode film = film(id, "points=2");

        assertThat(film.get("frames").get(0).get("step").intValue()).isZero();
        assertThat(film.get("frames")
                        .get(film.get("frames").size() - 1)
                        .get("step")
                        .intValue())
                .isEqualTo(steps);
    }

    @Test
    void aForksFilmBeginsWithItsParents() {
        String parent = train(jobs.parabola(16), 10);
        Answer forked = jobs.http.post(JOBS + "/" + parent + "/fork", "{\"steps\": 20}");
        assertThat(forked.status()).as(forked.body()).isEqualTo(202);
        String fork = forked.json().get("id").stringValue();
        jobs.awaitState(fork, "SUCCEEDED");

        JsonNode film = film(fork, "steps=3,10,20&points=4");

        assertThat(film.get("frames").get(0))
                .isEqualTo(film(parent, "steps=3&points=4").get("frames").get(0));
        assertThat(film.get("frames").get(1))
                .isEqualTo(film(parent, "steps=10&points=4").get("frames").get(0));
        assertThat(film.get("frames").get(2).get("values"))
                .isNotEqualTo(film.get("frames").get(1).get("values"));
    }

    @Test
    void theFilmIsDrawnToo() {
        String id = train(jobs.parabola(16), 10);
        Answer svg = jobs.http.get(JOBS + "/" + id + "/decision-film?frames=4&points=5", "Accept", "image/svg+xml");
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(svg.body()).startsWith("<svg ").contains("step 10").contains("<animate ");
        Answer png = jobs.http.get(JOBS + "/" + id + "/decision-film?frames=4&points=5&format=png");
        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(png.body()).contains("PNG");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frames=1            | out-of-range ?frames
            frames=61           | out-of-range ?frames
            frames=3&steps=1    | unexpected ?frames
            steps=5,3           | out-of-range ?steps
            steps=-1            | out-of-range /step
            steps=11            | out-of-range /step
            layer=9             | out-of-range ?layer
            x=z                 | unknown-column ?x
            x=x&points=1        | out-of-range ?points
            """)
    void whatCannotBeShownIsRefusedByName(String query, String error) {
        Answer answer = jobs.http.get(JOBS + "/" + train(jobs.parabola(16), 10) + "/decision-film?" + query);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(error);
    }

    private String train(String data, int steps) {
        return jobs.run(JobClient.request(data, "{\"steps\": " + steps + ", " + SHUFFLED + "}"))
                .get("id")
                .stringValue();
    }

    private JsonNode film(String id, String query) {
        Answer answer = jobs.http.get(JOBS + "/" + id + "/decision-film?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
