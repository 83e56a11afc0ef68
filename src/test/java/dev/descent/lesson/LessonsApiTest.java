package dev.descent.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.core.Golden;
import dev.descent.training.JobClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class LessonsApiTest {

    private static final String LESSONS = "/api/v1/lessons";

    /// Sums in another order than NumPy's: the lectures' numbers agree to nine digits.
    private static final double DIGITS = 9;

    private final JobClient jobs;

    LessonsApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    private JsonNode get(String path) {
        Answer answer = jobs.http.get(path);
        assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
        return answer.json();
    }

    /// Where the run is, when its job has succeeded.
    private String run(String lesson, String request) {
        Answer begun = jobs.http.post(LESSONS + "/" + lesson + "/runs", request);
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        jobs.awaitState(begun.json().get("jobId").stringValue(), "SUCCEEDED");
        return begun.header("Location");
    }

    private static String variant(String id) {
        return "{\"variant\": \"" + id + "\"}";
    }

    private JsonNode answer(String run, String question, double answer) {
        Answer checked =
                jobs.http.post(run + "/answers", "{\"question\": \"" + question + "\", \"answer\": " + answer + "}");
        assertThat(checked.status()).as(checked.body()).isEqualTo(200);
        return checked.json();
    }

    private static double revealed(JsonNode run, String question) {
        for (JsonNode asked : run.get("questions")) {
            if (asked.get("id").stringValue().equals(question)) {
                return asked.get("answer").doubleValue();
            }
        }
        throw new AssertionError(question + " is none of " + run.get("questions"));
    }

    private void assertLecturesNumbers(JsonNode run, String variant, double digits) {
        assertThat(run.get("variant").stringValue()).isEqualTo(variant);
        assertThat(run.get("note").isNull()).isTrue();
        assertThat(run.get("lectureNumbers")).isNotEmpty();
        for (JsonNode number : run.get("lectureNumbers")) {
            String[] from = number.get("from").stringValue().split("#", 2);
            assertThat(number.get("lecture").doubleValue())
                    .as(number.toString())
                    .isEqualTo(Golden.read(from[0]).at(from[1]).doubleValue());
            assertThat(number.get("digits").doubleValue()).as(number.toString()).isBetween(digits, 17.0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parabola, batch, 9",
        "parabola, sgd, 9",
        "parabola, minibatch, 9",
        "parabola, tanh, 9",
        "parabola, deeper, 9",
        "stuck, stuck, 9",
        "stuck, free, 9",
        "regression, line, 9",
        "legendre, float64, 9",
        "legendre, float32, 5",
        "softmax, relu, 12",
        "softmax, tanh, 12",
        "softmax, sigmoid, 12"
    })
    void theLecturesNumbersComeOut(String lesson, String variant, double digits) {
        assertLecturesNumbers(get(run(lesson, variant(variant))), variant, digits);
    }

    @Test
    void theLecturesNumbersComeOutOfAnUploadedFile() throws Exception {
        Path file = Path.of(System.getProperty("descent.test.data", "../shared/data"), "Credit.csv");
        assertThat(file)
                .as("Credit.csv is looked for in the folder that the system property descent.test.data names")
                .isRegularFile();
        jobs.http.post("/api/v1/datasets?name=Credit", "text/csv", Files.readString(file));
        for (String variant : List.of("twos", "ones")) {
            String run = run("credit", "{\"variant\": \"" + variant + "\", \"datasetId\": \"Credit\"}");
            assertLecturesNumbers(get(run), variant, DIGITS);
        }
    }

    /// 120 images in place of 60,000: as many as show that the lesson asks for what it gets.
    @Test
    void digitsRunThroughTheirLesson() {
        StringBuilder csv = new StringBuilder("label");
        for (int pixel = 0; pixel < 784; pixel++) {
            csv.append(",x").append(pixel);
        }
        for (int row = 0; row < 120; row++) {
            csv.append("\n").append(row % 10);
            for (int pixel = 0; pixel < 784; pixel++) {
                csv.append(',').append((row * 31 + pixel * 7) % 256);
            }
        }
        Answer made =
                jobs.http.post("/api/v1/datasets?name=digits&types=label:categorical", "text/csv", csv.toString());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode run = get(run("mnist", "{\"variant\": \"short\", \"datasetId\": \"digits\"}") + "?reveal=true");
        assertThat(run.get("variant").stringValue()).isEqualTo("short");
        assertThat(revealed(run, "parameters")).isEqualTo(79_510);
        assertThat(revealed(run, "steps")).isEqualTo(2);
        assertThat(revealed(run, "firstLoss")).isBetween(1.5, 4.0);
    }

    @Test
    void everyLessonSaysWhatToSend() {
        JsonNode lessons = get(LESSONS).get("data");
        assertThat(lessons).hasSize(9);
        for (JsonNode summary : lessons) {
            JsonNode lesson = get(LESSONS + "/" + summary.get("id").stringValue());
            assertThat(lesson.get("variants")).hasSameSizeAs(summary.get("variants"));
            assertThat(lesson.get("upload").isNull())
                    .isNotEqualTo(summary.get("needsUpload").booleanValue());
            for (JsonNode variant : lesson.get("variants")) {
                if (lesson.get("upload").isNull()) {
                    assertSent(variant.get("requests"));
                }
            }
        }
    }

    /// The data as it stands; the job is only planned.
    private void assertSent(JsonNode requests) {
        assertThat(requests).hasSize(2);
        JsonNode data = requests.get(0);
        JsonNode body = data.get("body");
        Answer made = jobs.http.post(
                data.get("path").stringValue(),
                data.get("contentType").stringValue(),
                body.isString() ? body.stringValue() : body.toString());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Answer planned = jobs.http.post(
                requests.get(1).get("path").stringValue() + "?validateOnly=true",
                requests.get(1).get("body").toString());
        assertThat(planned.status()).as(planned.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"parabola", "stuck", "regression", "legendre", "symmetry", "classifier", "softmax"})
    void whatIsToBeLookedAtIsThere(String lesson) {
        JsonNode run = get(run(lesson, "{}") + "?reveal=true");
        assertThat(run.get("look")).hasSizeGreaterThan(3);
        for (JsonNode look : run.get("look")) {
            String link = look.get("link").stringValue();
            assertThat(jobs.http.get(link).status()).as(link).isEqualTo(200);
        }
        for (JsonNode question : run.get("questions")) {
            assertThat(question.get("answer").isNumber())
                    .as(question.toString())
                    .isTrue();
            assertThat(jobs.http.get(question.get("source").stringValue()).status())
                    .as(question.toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersAreReadOffTheRun() {
        String run = run("parabola", "{}");
        JsonNode golden = Golden.read("parabola.json").get("runs").get(0);
        double firstLoss = golden.at("/errorBeforeStep/0").doubleValue();

        JsonNode right = answer(run, "firstLoss", Math.round(firstLoss));
        assertThat(right.get("right").booleanValue()).as(right.toString()).isTrue();
        assertThat(right.get("computed").doubleValue()).isCloseTo(firstLoss, within(1e-9 * firstLoss));
        assertThat(answer(run, "firstLoss", firstLoss * 1.01).get("right").booleanValue())
                .isFalse();
        double gradient = golden.at("/gradientsAtStep/0/gradients/1/0/1").doubleValue();
        assertThat(answer(run, "firstGradient", -gradient).get("right").booleanValue())
                .isFalse();
        assertThat(answer(run, "firstGradient", gradient).get("right").booleanValue())
                .isTrue();
        assertThat(answer(run, "parameters", 12).get("right").booleanValue()).isTrue();
        assertThat(answer(run, "parameters", 12.001).get("right").booleanValue())
                .as("counted")
                .isFalse();

        JsonNode losses = get(answer(run, "below100", 1).get("source").stringValue());
        int step = 0;
        while (losses.at("/trainingLoss/" + step).doubleValue() >= 100) {
            step++;
        }
        assertThat(answer(run, "below100", step).get("right").booleanValue()).isTrue();
        assertThat(answer(run, "below100", step + 1).get("right").booleanValue())
                .isFalse();
    }

    /// 42 rows are lost to the stuck seed; the other has some at the bottom too, where 0 is right.
    @Test
    void inactiveRowsAreCounted() {
        assertThat(revealed(get(run("stuck", "{}") + "?reveal=true"), "inactiveRows"))
                .isEqualTo(42);
        assertThat(revealed(get(run("stuck", variant("free")) + "?reveal=true"), "inactiveRows"))
                .isEqualTo(24);
    }

    @Test
    void unitsThatStartAlikeStayAlike() {
        JsonNode alike = get(run("symmetry", "{}") + "?reveal=true");
        assertThat(revealed(alike, "distinct")).isEqualTo(1);
        assertThat(get("/api/v1/training-jobs/" + alike.get("jobId").stringValue() + "/diagnostics")
                        .toString())
                .contains("identicalUnits");
        JsonNode drawn = get(run("symmetry", variant("drawn")) + "?reveal=true");
        assertThat(revealed(drawn, "distinct")).isEqualTo(4);
        assertThat(revealed(drawn, "finalLoss")).isLessThan(revealed(alike, "finalLoss") / 2);
    }

    @Test
    void oneLineIsNotEnoughForTwoMoons() {
        double eight = correct("eight");
        assertThat(eight).isGreaterThan(195);
        assertThat(correct("one")).isLessThan(eight - 10);
    }

    /// The same as the model's own accuracy.
    private double correct(String variant) {
        JsonNode run = get(run("classifier", variant(variant)) + "?reveal=true");
        double correct = revealed(run, "correct");
        JsonNode model = get("/api/v1/models/" + run.get("modelId").stringValue());
        assertThat(model.at("/metrics/training/accuracy").doubleValue()).isEqualTo(correct / 200);
        return correct;
    }

    @Test
    void runsShareTheirDataAndNetwork() {
        JsonNode first = get(run("softmax", "{}"));
        JsonNode second = get(run("softmax", "{}"));
        assertThat(second.get("jobId")).isNotEqualTo(first.get("jobId"));
        assertThat(second.get("datasetId")).isEqualTo(first.get("datasetId"));
        assertThat(second.get("networkId")).isEqualTo(first.get("networkId"));
        JsonNode other = get(run("softmax", variant("tanh")));
        assertThat(other.get("datasetId")).isEqualTo(first.get("datasetId"));
        assertThat(other.get("networkId")).isNotEqualTo(first.get("networkId"));
    }

    @Test
    void otherSettingsAreNotComparedWithTheLectures() {
        JsonNode run = get(run("parabola", "{\"seed\": 11}"));
        assertThat(run.get("variant").isNull()).isTrue();
        assertThat(run.get("lectureNumbers")).isEmpty();
        assertThat(run.get("note").stringValue()).contains("not those of a variant");

        String data = jobs.parabola(50);
        String own = jobs.run(JobClient.request(data)).get("id").stringValue();
        String looked = LESSONS + "/parabola/runs/" + own;
        assertThat(get(looked).get("variant").isNull()).isTrue();
        assertThat(answer(looked, "parameters", 12).get("right").booleanValue()).isTrue();
        assertThat(answer(looked, "below100", 12).get("computed").isNull()).isTrue();
        JsonNode elsewhere = get(LESSONS + "/symmetry/runs/" + own + "?reveal=true");
        assertThat(elsewhere.at("/questions/3/answer").isNumber()).isTrue();
    }

    /// With full batches it does not matter over which rows the loss was recorded; with others it does.
    @Test
    void whatAJobRecordsMattersOnlyWhereItIsAnotherNumber() {
        String data = jobs.parabola(100);
        String lectures = "\"steps\": 9010, \"record\": {\"loss\": {\"every\": 1000}}";
        String full = jobs.run(JobClient.request(data, "{" + lectures + "}"))
                .get("id")
                .stringValue();
        assertLecturesNumbers(get(LESSONS + "/parabola/runs/" + full), "batch", DIGITS);
        String single = "\"batches\": {\"type\": \"sampled\", \"size\": 1}, " + lectures;
        String sgd =
                jobs.run(JobClient.request(data, "{" + single + "}")).get("id").stringValue();
        assertThat(get(LESSONS + "/parabola/runs/" + sgd).get("variant").isNull())
                .isTrue();
    }

    @Test
    void withoutAModelThereIsNoAnswer() {
        String data = jobs.parabola(20);
        String failed = jobs.submit(JobClient.request(
                data, "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}, \"onDivergence\": \"fail\"}"));
        jobs.awaitState(failed, "FAILED");
        String run = LESSONS + "/parabola/runs/" + failed;
        assertThat(get(run + "?reveal=true").get("note").stringValue()).contains("FAILED");
        Answer answer = jobs.http.post(run + "/answers", "{\"question\": \"parameters\", \"answer\": 12}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("no-answers-yet");
    }

    @Test
    void whatCannotBeRunIsRefused() {
        assertRefused("parabola", "{\"variant\": \"newton\"}", "unknown-variant /variant");
        assertRefused("parabola", "{\"datasetId\": \"parabola\"}", "not-needed /datasetId");
        assertRefused("mnist", "{}", "required /datasetId");
        assertRefused("mnist", "{\"datasetId\": \"no-such-data\"}", "reference-not-found /datasetId");
        assertRefused("parabola", "{\"seed\": -1}", "out-of-range /seed");
        assertThat(jobs.http.post(LESSONS + "/none/runs", "{}").status()).isEqualTo(404);
        assertThat(jobs.http.get(LESSONS + "/none").problem()).isEqualTo("lesson-not-found");
        assertThat(jobs.http.get(LESSONS + "/parabola/runs/job_0").status()).isEqualTo(404);
        String run = run("softmax", "{}");
        Answer unasked = jobs.http.post(run + "/answers", "{\"question\": \"why\", \"answer\": 42}");
        assertThat(unasked.status()).isEqualTo(422);
        assertThat(unasked.errors()).isEqualTo("unknown-variant /question");
    }

    private void assertRefused(String lesson, String request, String errors) {
        Answer answer = jobs.http.post(LESSONS + "/" + lesson + "/runs", request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(errors);
    }
}
