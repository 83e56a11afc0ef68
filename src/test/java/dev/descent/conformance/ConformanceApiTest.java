package dev.descent.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class ConformanceApiTest {

    private static final String PATH = "/api/v1/conformance";

    private final Client http;

    ConformanceApiTest(@LocalServerPort int port) {
        http = new Client(port);
    }

    private JsonNode ask(String query) {
        Answer answer = http.get(PATH + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void everyCheckPassesButThoseWithoutData() {
        JsonNode report = ask("");
        JsonNode summary = report.get("summary");
        assertThat(summary.get("failed").intValue()).as(report.toString()).isZero();
        assertThat(summary.get("needsDataset").intValue()).isEqualTo(3);
        assertThat(summary.get("passed").intValue() + 3)
                .isEqualTo(report.get("checks").size());
        assertThat(summary.get("digits").doubleValue()).isBetween(5.0, 17.0);
        for (JsonNode check : report.get("checks")) {
            boolean credit = check.get("file").stringValue().equals("credit.json");
            assertThat(check.get("state").stringValue()).isEqualTo(credit ? "NEEDS_DATASET" : "PASSED");
            assertThat(check.get("digits").isNull()).isEqualTo(credit);
        }
    }

    @Test
    void aProcessComputesThemOnce() {
        assertThat(ask("")).isEqualTo(ask(""));
    }

    @Test
    void withCreditNothingIsLeftOpen() throws Exception {
        Path file = Path.of(System.getProperty("descent.test.data", "../shared/data"), "Credit.csv");
        assertThat(file)
                .as("Credit.csv is looked for in the folder that the system property descent.test.data names")
                .isRegularFile();
        String id = http.post("/api/v1/datasets?name=for-conformance", "text/csv", Files.readString(file))
                .json()
                .get("id")
                .stringValue();
        JsonNode report = ask("?credit=" + id);
        assertThat(report.at("/summary/failed").intValue())
                .as(report.toString())
                .isZero();
        assertThat(report.at("/summary/needsDataset").intValue()).isZero();
        JsonNode last = report.get("checks").get(report.get("checks").size() - 1);
        assertThat(last.get("id").stringValue()).isEqualTo("credit/fromAllTwos");
        assertThat(last.get("digits").doubleValue()).isBetween(9.0, 17.0);
        assertThat(ask("?credit=for-conformance").get("summary").get("exact"))
                .isEqualTo(report.get("summary").get("exact"));
    }

    @Test
    void otherDataIsNotCredit() {
        http.post("/api/v1/datasets?name=two-columns", "text/csv", "Limit,Balance\n1,2\n3,4\n");
        http.post("/api/v1/datasets?name=holes", "text/csv", "Limit,Balance\n1,2\n,4\n");
        assertRefused("two-columns", "not-credit ?credit");
        assertRefused("holes", "not-credit ?credit");
        assertRefused("nothing-of-this-name", "reference-not-found ?credit");
    }

    private void assertRefused(String dataset, String errors) {
        Answer answer = http.get(PATH + "?credit=" + dataset);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(errors);
    }
}
