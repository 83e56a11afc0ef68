package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.linalg.Precision;
import dev.descent.storage.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Rows as CSV and as lines of JSON, for a model with columns x and colour (red, green).
@BootedService
class TextPredictionsTest {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    private final Client client;
    private final Specimens specimens;
    private final DataDirectory directory;

    @Autowired
    TextPredictionsTest(
            @LocalServerPort int port,
            Models models,
            DataDirectory directory,
            PlatformTransactionManager transactions) {
        client = new Client(port);
        this.directory = directory;
        specimens = new Specimens(models, new TransactionTemplate(transactions));
    }

    @AfterEach
    void nothingStaysBehind() throws IOException {
        try (Stream<java.nio.file.Path> left = Files.list(directory.temporary())) {
            assertThat(left.filter(file -> file.toString().endsWith(".spool"))).isEmpty();
        }
    }

    @Test
    void csvIsMatchedByNameAndAnsweredWithCsv() {
        Answer answer = predict(CSV, "\uFEFFcolour,y,x\r\nred,,14\r\n\r\n\"green\",7, 1.4e1 \r\n");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(answer.body()).isEqualTo("value\n140.0\n125.0\n");
    }

    @Test
    void classesHaveALabelAndTheirProbabilities() {
        String id = specimens.add(Precision.FLOAT64, Specimens.BINARY, Specimens.BINARY_WEIGHTS);
        Answer answer = client.post(path(id), CSV, "x\n0.5\n");
        assertThat(answer.body()).isEqualTo("label,probability of no,probability of yes\nno,0.5,0.5\n");
    }

    @Test
    void linesOfJsonAreAnsweredWithLinesOfJson() {
        Answer answer = predict(NDJSON, "{\"x\":14,\"colour\":\"red\"}\r\n\n[14,\"green\"]");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(NDJSON);
        assertThat(answer.body()).isEqualTo("{\"value\":140.0}\n{\"value\":125.0}\n");
    }

    @ParameterizedTest
    @CsvSource({"text/csv, 25000", "application/x-ndjson, 25000"})
    void manyRowsAreAnsweredInOrder(String type, int rows) {
        StringBuilder text = new StringBuilder(type.equals(CSV) ? "x,colour\n" : "");
        StringBuilder expected = new StringBuilder(type.equals(CSV) ? "value\n" : "");
        for (int i = 0; i < rows; i++) {
            text.append(type.equals(CSV) ? 10 + 2 * i + ",green\n" : "[" + (10 + 2 * i) + ",\"green\"]\n");
            double value = 105 + 10.0 * i;
            expected.append(type.equals(CSV) ? value + "\n" : "{\"value\":" + value + "}\n");
        }
        assertThat(predict(type, text.toString()).body()).isEqualTo(expected.toString());
    }

    static List<Arguments> texts() {
        return List.of(
                refused(CSV, "", "no-rows 1"),
                refused(CSV, "x,colour\n", "no-rows null"),
                refused(CSV, "x\n1\n", "missing-column 1"),
                refused(CSV, "x,colour,z\n1,red,2\n", "unknown-column 1"),
                refused(CSV, "x,colour,x\n1,red,2\n", "duplicate-column 1"),
                refused(CSV, "x,colour\n1,red\n2\n", "ragged-row 3"),
                refused(CSV, "x,colour\n1,red\n2,red,3\n", "ragged-row 3"),
                refused(CSV, "x,colour\n1,red\n,red\n", "required 3"),
                refused(CSV, "x,colour\n1,\"red\"\n\n1,blue\n", "unseen-category 4"),
                refused(CSV, "x,colour\n1d,red\n", "not-a-number 2"),
                refused(CSV, "x,colour\n0x1p3,red\n", "not-a-number 2"),
                refused(CSV, "x,colour\nNaN,red\n", "non-finite 2"),
                refused(CSV, "x,colour\n1e400,red\n", "non-finite 2"),
                refused(CSV, "x,colour\n1,red\n1e308,red\n", "prediction-not-finite 3"),
                malformed(CSV, "x,colour\n1,\"red\n", "csv null"),
                refused(NDJSON, "", "no-rows null"),
                refused(NDJSON, "\n\n", "no-rows null"),
                refused(NDJSON, "[1,\"red\"]\n\n[1]\n", "shape 3"),
                refused(NDJSON, "[1,\"red\"]\n[1,\"blue\"]\n", "unseen-category 2"),
                refused(NDJSON, "[1,\"red\"]\n[1e400,\"red\"]\n", "non-finite 2"),
                refused(NDJSON, "[1,\"red\"]\n[1e308,\"red\"]\n", "prediction-not-finite 2"),
                malformed(NDJSON, "[1,\"red\"]\n[\"1\",\"red\"]\n", "wrong-type 2"),
                malformed(NDJSON, "[1,\"red\"]\n5\n", "wrong-type 2"),
                malformed(NDJSON, "[1,\"red\"]\n[1,\n\"red\"]\n", "json 2"),
                malformed(NDJSON, "{\"x\":1,\"x\":2,\"colour\":\"red\"}\n", "json 1"),
                malformed(NDJSON, "[1,\"red\"] [1,\"red\"]\n", "json 1"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textThatCannotBeAnsweredIsRefusedAtItsLine(
            String type, String text, int status, String problem, String error) {
        Answer answer = predict(type, text);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode first = answer.json().get("errors").get(0);
        String line = first.get("line") == null ? "null" : first.get("line").toString();
        assertThat(first.get("code").stringValue() + " " + line)
                .as(answer.body())
                .isEqualTo(error);
    }

    @Test
    void oneBadRowRefusesThoseBeforeItToo() {
        String text = "x,colour\n" + "1,red\n".repeat(5000) + "1,blue\n";
        Answer answer = predict(CSV, text);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").get(0).get("line").longValue()).isEqualTo(5002);
        assertThat(answer.json().get("errors").get(0).get("column").longValue()).isEqualTo(2);
    }

    @Test
    void anotherCharsetIsUnsupported() {
        assertThat(predict("text/csv;charset=ISO-8859-1", "x,colour\n1,red\n").status())
                .isEqualTo(415);
    }

    private Answer predict(String type, String text) {
        String id = specimens.add(Precision.FLOAT64, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
        return client.post(path(id), type, text);
    }

    private static String path(String id) {
        return "/api/v1/models/" + id + "/predictions";
    }

    private static Arguments refused(String type, String text, String error) {
        return Arguments.of(type, text, 422, "validation-failed", error);
    }

    private static Arguments malformed(String type, String text, String error) {
        return Arguments.of(type, text, 400, "malformed-request", error);
    }
}
