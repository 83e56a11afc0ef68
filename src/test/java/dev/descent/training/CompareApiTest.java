package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class CompareApiTest {

    private static final String PLAIN = "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.001}, \"seed\": 3,"
            + " \"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 4, \"activation\": \"tanh\"},"
            + " {\"type\": \"dense\", \"units\": 1}]},"
            + " \"record\": {\"weights\": {\"what\": \"values\", \"every\": 1}}";
    private static final String SLOWER = "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.0005}";
    private static final String SHUFFLED = "\"batches\": {\"type\": \"shuffled\", \"size\": 8}";

    private final JobClient jobs;

    CompareApiTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    private String run(String data, String... changes) {
        String all = Stream.concat(Stream.of(PLAIN), Stream.of(changes))
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        return jobs.run(JobClient.request(data, "{" + all + "}")).get("id").stringValue();
    }

    private Answer ask(String query) {
        return jobs.http.get(JOBS + "/compare?ids=" + query);
    }

    private JsonNode compare(String... ids) {
        Answer answer = ask(String.join(",", ids));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode parting(JsonNode comparison) {
        assertThat(comparison.get("partings")).hasSize(1);
        return comparison.at("/partings/0");
    }

    /// Finds the first step whose recorded weights differ, and the first number, without the code under test.
    private void assertPartsWhereRecordedWeightsDo(JsonNode parting) {
        List<JsonNode> recorded = new ArrayList<>();
        parting.get("jobIds")
                .forEach(id -> recorded.add(jobs.http
                        .get(JOBS + "/" + id.stringValue() + "/weights")
                        .json()
                        .get("layers")));
        int step = parting.get("step").intValue();
        for (int before = 0; before < step; before++) {
            assertThat(at(recorded.get(0), before)).isEqualTo(at(recorded.get(1), before));
        }
        assertThat(at(recorded.get(0), step)).isNotEqualTo(at(recorded.get(1), step));
        JsonNode first = parting.get("firstDifference");
        boolean bias = first.get("parameter").stringValue().equals("biases");
        String number = "/" + first.get("layer") + "/" + first.get("parameter").stringValue() + "/" + step
                + (bias ? "" : "/" + first.at("/index/0"))
                + "/" + first.at("/index/" + (bias ? 0 : 1));
        for (int k = 0; k < 2; k++) {
            assertThat(first.at("/values/" + k)).isEqualTo(recorded.get(k).at(number));
        }
        assertThat(first.at("/values/0")).isNotEqualTo(first.at("/values/1"));
    }

    private static List<JsonNode> at(JsonNode layers, int step) {
        List<JsonNode> numbers = new ArrayList<>();
        for (JsonNode layer : layers) {
            numbers.add(layer.at("/weights/" + step));
            numbers.add(layer.at("/biases/" + step));
        }
        return numbers;
    }

    @Test
    void identicalJobsNeverPart() {
        String data = jobs.parabola(20);
        JsonNode comparison =
                compare(run(data), run(data, "\"threads\": 2, \"name\": \"other\", \"metrics\": [\"r2\"]"));
        JsonNode parting = parting(comparison);
        assertThat(parting.get("outcome").stringValue()).isEqualTo("same");
        assertThat(parting.get("searchedSteps").intValue()).isEqualTo(20);
        assertThat(parting.get("step").isNull()).isTrue();
        assertThat(comparison.get("settings").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/threads", "/metrics");
        assertThat(comparison.at("/data/same").booleanValue()).isTrue();
        assertThat(comparison.at("/curves/jobs/0/trainingLoss"))
                .isEqualTo(comparison.at("/curves/jobs/1/trainingLoss"));
    }

    @Test
    void learningRatesPartTheWeightsInTheFirstUpdate() {
        String data = jobs.parabola(20);
        JsonNode comparison = compare(run(data), run(data, SLOWER));
        JsonNode parting = parting(comparison);
        assertThat(parting.get("step").intValue()).isEqualTo(1);
        assertThat(parting.get("update").intValue()).isZero();
        assertPartsWhereRecordedWeightsDo(parting);
        assertThat(comparison.get("settings").toString())
                .isEqualTo("[{\"pointer\":\"/optimizer/learningRate\",\"values\":[0.001,5.0E-4]}]");
        assertThat(parting.get("causes").toString()).isEqualTo("[\"/optimizer/learningRate\"]");
        assertThat(parting.at("/singleSettingReplays/0/same").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 13})
    void scheduleThatChangesTheRateAtAStepPartsThere(int changed) {
        String data = jobs.parabola(20);
        String schedule =
                "\"schedule\": {\"type\": \"multiStep\", \"milestones\": [" + changed + "], \"per\": \"step\"}";
        JsonNode parting = parting(compare(run(data, SHUFFLED), run(data, SHUFFLED, schedule)));
        assertThat(parting.get("update").intValue()).isEqualTo(changed);
        assertThat(parting.get("step").intValue()).isEqualTo(changed + 1);
        assertPartsWhereRecordedWeightsDo(parting);
        assertThat(parting.get("causes").toString()).isEqualTo("[\"/schedule\"]");
    }

    @Test
    void seedsPartTheInitialWeights() {
        String data = jobs.parabola(20);
        JsonNode parting = parting(compare(run(data), run(data, "\"seed\": 4", SLOWER)));
        assertThat(parting.get("step").intValue()).isZero();
        assertThat(parting.get("update").isNull()).isTrue();
        assertPartsWhereRecordedWeightsDo(parting);
        assertThat(parting.get("causes").toString()).isEqualTo("[\"/seed\"]");
        assertThat(parting.get("singleSettingReplays")).hasSize(1);
    }

    @Test
    void batchesPartTheWeightsInTheFirstUpdate() {
        String data = jobs.parabola(20);
        JsonNode parting = parting(compare(run(data, SHUFFLED), run(data, SHUFFLED.replace("8", "5"))));
        assertThat(parting.get("step").intValue()).isEqualTo(1);
        assertPartsWhereRecordedWeightsDo(parting);
        assertThat(parting.get("causes").toString()).isEqualTo("[\"/batches/size\"]");
    }

    @Test
    void causeIsTheSettingThatActsThereAndNotOneThatActsLater() {
        String data = jobs.parabola(20);
        String later = "\"schedule\": {\"type\": \"multiStep\", \"milestones\": [9], \"per\": \"step\"}";
        JsonNode parting = parting(compare(run(data), run(data, later, SLOWER, "\"steps\": 25")));
        assertThat(parting.get("step").intValue()).isEqualTo(1);
        assertThat(parting.get("causes").toString()).isEqualTo("[\"/optimizer/learningRate\"]");
        assertThat(parting.get("singleSettingReplays"))
                .hasSize(3)
                .filteredOn(replay -> replay.get("step").isNull())
                .extracting(replay -> replay.at("/settings/0").stringValue())
                .containsExactlyInAnyOrder("/schedule", "/steps");
    }

    @Test
    void eachOfTwoSettingsThatActTogetherIsACause() {
        String data = jobs.parabola(20);
        JsonNode parting = parting(compare(run(data), run(data, SLOWER, "\"regularization\": {\"l2\": 0.1}")));
        assertThat(parting.get("causes"))
                .extracting(JsonNode::stringValue)
                .containsExactlyInAnyOrder("/optimizer/learningRate", "/regularization");
        assertThat(parting.get("singleSettingReplays"))
                .hasSize(2)
                .noneMatch(replay -> replay.get("same").booleanValue());
    }

    @Test
    void datasetIsACauseWhereItsRowsDiffer() {
        String data = jobs.parabola(20);
        JsonNode same = compare(run(data), run(jobs.parabola(20)));
        assertThat(same.at("/data/same").booleanValue()).isTrue();
        assertThat(parting(same).get("outcome").stringValue()).isEqualTo("same");
        JsonNode other = compare(run(data), run(jobs.parabola(21)));
        assertThat(other.at("/data/same").booleanValue()).isFalse();
        assertThat(other.get("settings")).isEmpty();
        assertPartsWhereRecordedWeightsDo(parting(other));
        assertThat(parting(other).get("causes").toString()).isEqualTo("[\"/datasetId\"]");
    }

    @Test
    void runThatEndsFirstHasNotParted() {
        String data = jobs.parabola(20);
        JsonNode parting = parting(compare(run(data), run(data, "\"steps\": 12")));
        assertThat(parting.get("outcome").stringValue()).isEqualTo("ended");
        assertThat(parting.get("searchedSteps").intValue()).isEqualTo(12);
        assertThat(parting.get("causes")).isEmpty();
    }

    @Test
    void searchThatIsCutShortSaysHowFarItCame() {
        String data = jobs.parabola(20);
        String schedule = "\"schedule\": {\"type\": \"multiStep\", \"milestones\": [9], \"per\": \"step\"}";
        String ids = run(data) + "," + run(data, schedule);
        JsonNode cut = parting(ask(ids + "&maxSteps=9").json());
        assertThat(cut.get("outcome").stringValue()).isEqualTo("stepLimit");
        assertThat(cut.get("searchedSteps").intValue()).isEqualTo(9);
        assertThat(parting(ask(ids + "&maxSteps=10").json()).get("update").intValue())
                .isEqualTo(9);
    }

    @Test
    void networksOfDifferentShapesHaveNoWeightsToCompare() {
        String data = jobs.parabola(20);
        String wide = "\"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 5},"
                + " {\"type\": \"dense\", \"units\": 1}]}";
        JsonNode comparison = compare(run(data), run(data, wide));
        assertThat(parting(comparison).get("outcome").stringValue()).isEqualTo("differentShapes");
        assertThat(comparison.get("settings").toString()).contains("/network/layers/0/units");
    }

    private String fork(String parent, String changes) {
        Answer answer = jobs.http.post(JOBS + "/" + parent + "/fork", changes);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        String id = answer.json().get("id").stringValue();
        jobs.awaitState(id, "SUCCEEDED");
        return id;
    }

    @Test
    void forksOfOneJobPartWhereTheirSettingsDo() {
        String parent = run(jobs.parabola(20), SHUFFLED);
        String plain = fork(parent, "{\"steps\": 40}");
        String slower = fork(parent, "{\"steps\": 50, " + SLOWER + "}");
        JsonNode parting = parting(compare(plain, slower));
        assertThat(parting.get("commonSteps").intValue()).isEqualTo(20);
        assertThat(parting.get("update").intValue()).isEqualTo(20);
        assertThat(parting.get("searchedSteps").intValue()).isEqualTo(1);
        assertPartsWhereRecordedWeightsDo(parting);
        assertThat(parting.get("causes").toString()).isEqualTo("[\"/optimizer/learningRate\"]");
        assertThat(parting.at("/singleSettingReplays/0/settings/0").stringValue())
                .isEqualTo("/optimizer/learningRate");
        assertThat(parting.at("/singleSettingReplays/0/same").booleanValue()).isTrue();
    }

    @Test
    void forkAndItsParentHaveAllOfTheParentInCommon() {
        String parent = run(jobs.parabola(20), SHUFFLED);
        JsonNode parting = parting(compare(parent, fork(parent, "{\"steps\": 40}")));
        assertThat(parting.get("outcome").stringValue()).isEqualTo("ended");
        assertThat(parting.get("message").stringValue()).startsWith("the first run ends where the fork begins");
        assertThat(parting.get("commonSteps").intValue()).isEqualTo(20);
        assertThat(parting.get("searchedSteps").intValue()).isZero();
    }

    /// A fork of a fork goes through three jobs' steps; the longer run through its own.
    @Test
    void forkThatOnlyRunsLongerNeverPartsFromTheLongerRun() {
        String data = jobs.parabola(20);
        String longer = run(data, SHUFFLED, "\"steps\": 60");
        String fork = fork(fork(run(data, SHUFFLED), "{\"steps\": 33}"), "{\"steps\": 60}");
        for (JsonNode parting : List.of(parting(compare(longer, fork)), parting(compare(fork, longer)))) {
            assertThat(parting.get("outcome").stringValue()).isEqualTo("same");
            assertThat(parting.get("searchedSteps").intValue()).isEqualTo(60);
        }
        String slower = fork(run(data, SHUFFLED), "{\"steps\": 60, " + SLOWER + "}");
        JsonNode parting = parting(compare(longer, slower));
        assertThat(parting.get("update").intValue()).isEqualTo(20);
        assertPartsWhereRecordedWeightsDo(parting);
    }

    /// Lets a job run a little and pause, and tells the step of its checkpoint.
    private long pausedAt(String id, long after) {
        await().until(() -> jobs.get(id).at("/progress/step").longValue() > after);
        jobs.http.post(JOBS + "/" + id + "/pause", "");
        jobs.awaitState(id, "PAUSED");
        return jobs.http
                .get(JOBS + "/" + id + "/checkpoints")
                .json()
                .at("/data/0/step")
                .longValue();
    }

    @Test
    void forksAtDifferentStepsPartWhereTheEarlierOneLeavesTheRun() {
        String endless = "\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000000}}";
        String parent = jobs.submit(JobClient.request(jobs.parabola(20), "{" + PLAIN + ", " + endless + "}"));
        long first = pausedAt(parent, 0);
        String early = fork(parent, "{\"steps\": " + (first + 9) + ", " + SLOWER + "}");
        jobs.http.post(JOBS + "/" + parent + "/resume", "");
        long second = pausedAt(parent, first);
        String late = fork(parent, "{\"steps\": " + (second + 9) + "}");
        for (List<String> ids : List.of(List.of(early, late), List.of(late, early))) {
            JsonNode parting = parting(compare(ids.getFirst(), ids.getLast()));
            assertThat(parting.get("commonSteps").longValue()).isEqualTo(first);
            assertThat(parting.get("update").longValue()).isEqualTo(first);
        }
        jobs.cancel(parent);
    }

    @Test
    void forkOfAForkAndAForkOfItsParentPartWhereTheyLeaveIt() {
        String parent = run(jobs.parabola(20), SHUFFLED);
        String later = fork(parent, "{\"steps\": 45}");
        String early = fork(parent, "{\"steps\": 60, " + SLOWER + "}");
        String late = fork(later, "{\"steps\": 60}");
        for (List<String> ids : List.of(List.of(early, late), List.of(late, early))) {
            JsonNode parting = parting(compare(ids.getFirst(), ids.getLast()));
            assertThat(parting.get("commonSteps").intValue()).isEqualTo(20);
            assertThat(parting.get("update").intValue()).isEqualTo(20);
            assertPartsWhereRecordedWeightsDo(parting);
            assertThat(parting.get("causes").toString()).isEqualTo("[\"/optimizer/learningRate\"]");
        }
        assertThat(parting(compare(later, late)).get("commonSteps").intValue()).isEqualTo(45);
    }

    @Test
    void forksOfADeletedJobAreComparedAndWithOthersTheyAreNot() {
        String data = jobs.parabola(20);
        String parent = run(data, SHUFFLED);
        String plain = fork(parent, "{\"steps\": 40}");
        String slower = fork(parent, "{\"steps\": 40, " + SLOWER + "}");
        assertThat(jobs.http.delete(JOBS + "/" + parent).status()).isEqualTo(204);
        assertThat(parting(compare(plain, slower)).get("update").intValue()).isEqualTo(20);
        JsonNode other = parting(compare(plain, run(data, SHUFFLED)));
        assertThat(other.get("outcome").stringValue()).isEqualTo("noBeginning");
    }

    @Test
    void everyJobIsComparedWithTheFirst() {
        String data = jobs.parabola(20);
        String first = run(data);
        JsonNode comparison = compare(first, run(data, SLOWER), run(data));
        assertThat(comparison.get("partings").findValuesAsString("outcome")).containsExactly("parted", "same");
        assertThat(comparison.at("/settings/0/values").toString()).isEqualTo("[0.001,5.0E-4,0.001]");
        assertThat(comparison.at("/curves/jobs")).hasSize(3);
    }

    @Test
    void curvesStandOnOneAxis() {
        String data = jobs.parabola(20);
        String every3 = run(data, "\"record\": {\"loss\": {\"every\": 3}}");
        String validated =
                run(data, "\"record\": {\"loss\": {\"every\": 5}}", "\"split\": {\"validation\": 0.2}", SHUFFLED);
        JsonNode curves = compare(every3, validated).get("curves");
        assertThat(curves.get("steps").toString()).isEqualTo("[0,1,3,5,6,7,9,10,11,12,13,15,17,18,19]");
        JsonNode own = jobs.http.get(JOBS + "/" + every3 + "/loss-curve").json();
        assertThat(curves.at("/jobs/0/trainingLoss/0")).isEqualTo(own.at("/trainingLoss/0"));
        assertThat(curves.at("/jobs/0/trainingLoss/1").isNull()).isTrue();
        assertThat(curves.at("/jobs/0/trainingLoss/2")).isEqualTo(own.at("/trainingLoss/1"));
        assertThat(curves.at("/jobs/0/validationLoss").isNull()).isTrue();
        assertThat(curves.at("/jobs/1/validationLoss/1").isNumber()).isTrue();
        assertThat(curves.at("/jobs/1/trainingLoss/3").isNumber()).isTrue();
        assertThat(curves.get("sampled").booleanValue()).isFalse();

        Answer csv = jobs.http.get(JOBS + "/compare?ids=" + every3 + "," + validated, "Accept", "text/csv");
        List<String> lines = csv.body().lines().toList();
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        Answer svg = jobs.http.get(JOBS + "/compare?ids=" + every3 + "," + validated, "Accept", "image/svg+xml");
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(svg.body()).startsWith("<svg ").contains(", validation<");
        assertThat(lines).hasSize(16);
        assertThat(lines.getFirst()).startsWith("step," + every3 + ".trainingLoss," + every3 + ".validationLoss,");
        assertThat(lines.get(1))
                .isEqualTo("0," + own.at("/trainingLoss/0") + ",," + curves.at("/jobs/1/trainingLoss/0") + ",");
    }

    @Test
    void curvesAreThinnedWhenThatIsAskedFor() {
        String data = jobs.parabola(20);
        JsonNode comparison = ask(run(data) + "," + run(data, SLOWER) + "&maxPoints=5&parting=false")
                .json();
        assertThat(comparison.get("partings").isNull()).isTrue();
        assertThat(comparison.at("/curves/steps").toString()).isEqualTo("[0,5,10,14,19]");
        assertThat(comparison.at("/curves/sampled").booleanValue()).isTrue();
    }

    @Test
    void jobsWithoutTheirDatasetHaveCurvesStill() {
        String data = jobs.parabola(20);
        String ids = run(data) + "," + run(data, SLOWER);
        assertThat(jobs.http.delete("/api/v1/datasets/" + data).status()).isEqualTo(204);
        JsonNode comparison = ask(ids).json();
        assertThat(comparison.at("/curves/steps")).hasSize(20);
        assertThat(comparison.at("/data/same").isNull()).isTrue();
        assertThat(comparison.at("/data/sha256").toString()).isEqualTo("[null,null]");
        assertThat(parting(comparison).get("outcome").stringValue()).isEqualTo("noData");
        assertThat(parting(comparison).get("message").stringValue()).contains(data);
    }

    @Test
    void jobThatWasStoppedIsComparedAsFarAsItCame() {
        String data = jobs.parabola(20);
        String diverging = "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}, \"onDivergence\": \"fail\"";
        String first = jobs.submit(JobClient.request(data, "{\"steps\": 500, " + diverging + "}"));
        String second = jobs.submit(JobClient.request(data, "{\"steps\": 400, " + diverging + "}"));
        JsonNode failed = jobs.awaitState(first, "FAILED");
        jobs.awaitState(second, "FAILED");
        JsonNode parting = parting(compare(first, second));
        assertThat(parting.get("step").isNull()).isTrue();
        assertThat(parting.get("searchedSteps")).isEqualTo(failed.at("/progress/step"));
    }

    @Test
    void jobThatWasCancelledBeforeItBeganHasNoStepsToCompare() {
        String data = jobs.parabola(20);
        String endless = "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000000}}}";
        List<String> blocking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blocking.add(jobs.submit(JobClient.request(data, endless)));
        }
        String waiting = jobs.submit(JobClient.request(data, endless));
        jobs.cancel(waiting);
        jobs.awaitState(waiting, "CANCELLED");
        JsonNode parting = parting(compare(waiting, blocking.getFirst()));
        blocking.forEach(jobs::cancel);
        assertThat(parting.get("outcome").stringValue()).isEqualTo("ended");
        assertThat(parting.get("searchedSteps").intValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ids",
        "one, ids",
        "twice, ids",
        "nine, ids",
        "two&maxSteps=0, maxSteps",
        "two&maxPoints=1, maxPoints"
    })
    void whatCannotBeComparedIsRefused(String query, String parameter) {
        String job = "job_0000000000000000000000000";
        String ids = query.replace("one", job + "0")
                .replace("twice", job + "0," + job + "0")
                .replace("two", job + "0," + job + "1")
                .replace(
                        "nine",
                        job + "0," + job + "1," + job + "2," + job + "3," + job + "4," + job + "5," + job + "6," + job
                                + "7," + job + "8");
        Answer answer = ask(ids);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).endsWith(" ?" + parameter);
    }

    @Test
    void unknownJobIsNotFound() {
        String known = run(jobs.parabola(20));
        Answer answer = ask(known + ",job_00000000000000000000000000");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("job_00000000000000000000000000");
    }
}
