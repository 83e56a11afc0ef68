package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Linter;
import dev.descent.core.lint.Rule;
import dev.descent.core.lint.Severity;
import dev.descent.training.checkpoint.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BootedService
class DiagnosticsApiTest {

    private final JobClient jobs;
    private final JsonMapper json;

    DiagnosticsApiTest(@LocalServerPort int port, @Autowired JsonMapper json) {
        jobs = new JobClient(port);
        this.json = json;
    }

    private JsonNode diagnostics(String id) {
        return jobs.http.get(JOBS + "/" + id + "/diagnostics").json().get("data");
    }

    private String run(String changes) {
        return jobs.run(JobClient.request(jobs.parabola(100), changes))
                .get("id")
                .stringValue();
    }

    @Test
    void theStuckParabolaIsExplainedInTheListAndAsAnEvent() {
        String id = run("{\"seed\": 1, \"steps\": 2000}");
        JsonNode found = diagnostics(id);
        assertThat(found).hasSize(1);
        JsonNode one = found.get(0);
        assertThat(one.get("rule").stringValue()).isEqualTo("inactiveRows");
        assertThat(one.get("severity").stringValue()).isEqualTo("warning");
        assertThat(one.get("layer").intValue()).isZero();
        assertThat(one.get("evidence").get("rows").stringValue()).isEqualTo("68-99");
        assertThat(one.get("link").stringValue()).isEqualTo("docs/diagnostics.md#inactive-rows");
        assertThat(one.get("advice").stringValue()).contains("seed");
        List<JsonNode> told = new ArrayList<>();
        for (JsonNode event : jobs.http
                .get(JOBS + "/" + id + "/events", "Accept", "application/json")
                .json()
                .get("data")) {
            if (event.get("event").stringValue().equals("diagnostic")) {
                told.add(event.get("data"));
            }
        }
        assertThat(told).containsExactly(one);
    }

    @Test
    void theParabolaThatIsLearntHasNoWarning() {
        for (JsonNode one : diagnostics(run("{\"seed\": 10, \"steps\": 2000}"))) {
            assertThat(one.get("severity").stringValue()).as(one.toString()).isEqualTo("info");
        }
    }

    @Test
    void whatWasFoundIsToldOnceWhenTheJobWasPausedInBetween() {
        String id = jobs.submit(JobClient.request(jobs.parabola(100), "{\"seed\": 1, \"steps\": 3000000}"));
        await().until(() -> diagnostics(id).size() == 1);
        JsonNode before = diagnostics(id);
        jobs.http.post(JOBS + "/" + id + "/pause", "");
        jobs.awaitState(id, "PAUSED");
        jobs.http.post(JOBS + "/" + id + "/resume", "");
        await().until(() -> jobs.get(id).get("state").stringValue().equals("RUNNING"));
        jobs.cancel(id);
        jobs.awaitState(id, "CANCELLED");
        assertThat(diagnostics(id)).isEqualTo(before);
    }

    @Test
    void whatTheLinterKnowsIsReadBackFromTheHeadOfACheckpoint() {
        var found = new Diagnostic(
                Rule.DEAD_UNITS,
                Severity.INFO,
                7,
                1,
                Map.of("units", List.of(1, 2), "share", 0.25, "rows", "1-3"),
                "two units are dead");
        var state = new Linter.State(List.of(found), List.of("dead-units 1"), List.of(), "AAAA");
        var placement = new Placement("job_1", 1, "table", "engine", 7, 1, 0, null, 2.5, Map.of(), state);
        assertThat(json.readValue(json.writeValueAsBytes(placement), Placement.class))
                .isEqualTo(placement);
    }

    @Test
    void jobThatDivergesSaysWhere() {
        String id = jobs.submit(
                JobClient.request(jobs.parabola(100), "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1000}}"));
        jobs.awaitState(id, "FAILED");
        JsonNode last = diagnostics(id).get(diagnostics(id).size() - 1);
        assertThat(last.get("rule").stringValue()).isEqualTo("divergence");
        assertThat(last.get("severity").stringValue()).isEqualTo("error");
    }

    private String planned(String data, String changes) {
        Answer answer = jobs.http.post(
                JOBS + "?validateOnly=true", JobClient.request(data, changes).toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .get("warnings")
                .valueStream()
                .map(one ->
                        one.get("pointer").stringValue() + " " + one.get("code").stringValue())
                .toList()
                .toString();
    }

    /// Thirty rows: a large feature, one that says the target, and one that does neither.
    private String table() {
        StringBuilder text = new StringBuilder("large,says,plain,y\n");
        for (int i = 0; i < 30; i++) {
            double y = i * 7 % 30 / 30.0;
            text.append(1000 + i * 11 % 30)
                    .append(',')
                    .append(3 * y - 1)
                    .append(',')
                    .append(i * 13 % 30 / 30.0)
                    .append(',')
                    .append(y)
                    .append('\n');
        }
        return jobs.csv(text.toString());
    }

    @Test
    void planWarnsOfInputsThatAreNotScaled() {
        String data = table();
        String features = "\"features\": [\"large\", \"plain\"]";
        assertThat(planned(data, "{" + features + "}")).isEqualTo("[/preprocessing/features unscaled-inputs]");
        assertThat(planned(data, "{" + features + ", \"preprocessing\": {\"features\": \"standardize\"}}"))
                .isEqualTo("[]");
    }

    @Test
    void planWarnsOfAFeatureThatSaysTheTarget() {
        String data = table();
        assertThat(planned(data, "{\"features\": [\"says\", \"plain\"]}")).isEqualTo("[/features target-leak]");
        assertThat(planned(
                        data,
                        "{\"features\": [\"plain\"], \"network\": {\"inputs\": 1, \"layers\": ["
                                + "{\"type\": \"dense\", \"units\": 1}]}}"))
                .isEqualTo("[]");
    }

    @Test
    void planWarnsOfTargetsThatTheOutputCannotGive() {
        String data = jobs.parabola(100);
        String network =
                "\"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 4, \"activation\": \"tanh\"},"
                        + " {\"type\": \"dense\", \"units\": 1, \"activation\": \"sigmoid\"}]}";
        assertThat(planned(data, "{" + network + "}")).isEqualTo("[/loss loss-output-mismatch]");
        assertThat(planned(data, "{" + network.replace("sigmoid", "identity") + "}"))
                .isEqualTo("[]");
    }

    @Test
    void everyRuleIsExplainedWhereItLinksTo() throws IOException {
        List<String> headings = Files.readAllLines(Path.of("docs/diagnostics.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Rule.values()).map(Rule::code).toList());
    }
}
