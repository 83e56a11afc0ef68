package dev.descent.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.Client;
import dev.descent.Client.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// What is no table is refused by name and place, and leaves nothing behind.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "descent.upload.maximum-bytes=2MB",
            "descent.upload.maximum-rows=1000",
            "descent.upload.maximum-categories=100"
        })
class RefusedUploadsTest {

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("descent.data-directory", directory::toString);
    }

    private static final String DATASETS = "/api/v1/datasets";

    private final int port;
    private final JdbcClient database;
    private final Client client;

    @Autowired
    RefusedUploadsTest(@LocalServerPort int port, JdbcClient database) {
        this.port = port;
        this.database = database;
        this.client = new Client(port);
    }

    private Answer upload(String query, byte[] body) {
        return client.post(DATASETS + query, "text/csv", BodyPublishers.ofByteArray(body));
    }

    private Answer upload(String query, String body) {
        return upload(query, body.getBytes(UTF_8));
    }

    private Answer form(String boundary, String body) {
        return client.post(DATASETS, "multipart/form-data; boundary=" + boundary, body.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @MethodSource({"dev.descent.dataset.BadTable#texts", "dev.descent.dataset.BadTable#options"})
    void badUploadIsRefusedAndLeavesNothing(BadTable bad) {
        Answer answer = upload(bad.query(), bad.body());
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertProblem(answer, bad.type());
        JsonNode error = answer.json().get("errors").get(0);
        assertThat(error.path("code").asString()).isEqualTo(bad.code());
        assertThat(error.path("line").asLong(0)).as("line").isEqualTo(bad.line());
        assertThat(error.path("column").asInt(0)).as("column").isEqualTo(bad.column());
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource({"dev.descent.dataset.BadTable#texts", "dev.descent.dataset.BadTable#options"})
    void previewRefusesTheSame(BadTable bad) {
        Answer answer = upload("/preview" + bad.query(), bad.body());
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/code").asString()).isEqualTo(bad.code());
        assertNothingIsLeft();
    }

    private static void assertProblem(Answer answer, String type) {
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.problem()).isEqualTo(type);
    }

    private void assertNothingIsLeft() {
        assertThat(database.sql("select count(*) from dataset")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(filesIn("tmp")).isEmpty();
        assertThat(filesIn("blobs")).isEmpty();
    }

    private static Stream<Path> filesIn(String part) {
        try (Stream<Path> files = Files.walk(directory.resolve(part))) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void firstTwentyErrorsAreNamedAndTheRestCounted() {
        Answer answer = upload("", "x,y\n1,2\n" + "1d,3\n".repeat(50));
        assertThat(answer.json().get("errors")).hasSize(20);
        assertThat(answer.json().get("detail").asString()).contains("line 3").contains("the first of 50 errors");
    }

    @Test
    void unknownOrRepeatedOptionIsRefused() {
        Answer unknown = upload("?delimeter=;", "x,y\n1,2\n");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.errors()).isEqualTo("unknown-parameter ?delimeter");
        assertThat(upload("?header=auto&header=absent", "x\n1\n").status()).isEqualTo(400);
        assertNothingIsLeft();
    }

    @Test
    void oversizedBodyIsRefusedByItsLengthAlone() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                    + "Content-Length: 3000000000\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(UTF_8));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
        }
        assertNothingIsLeft();
    }

    @Test
    void chunkedBodyIsRefusedWhereItPassesTheLimit() {
        byte[] chunk = "1,2\n".repeat(10_000).getBytes(UTF_8);
        var body = BodyPublishers.ofByteArrays(Collections.nCopies(80, chunk));
        Answer answer = client.post(DATASETS, "text/csv", body);
        assertThat(answer.status()).isEqualTo(413);
        assertProblem(answer, "too-large");
        assertNothingIsLeft();
    }

    static Stream<String> otherKinds() {
        return Stream.of("application/json", "text/plain", "text/csv; charset=utf-7", "application/x-tar", "");
    }

    @ParameterizedTest
    @MethodSource("otherKinds")
    void onlyFilesAndFormsAreRead(String contentType) {
        Answer answer = client.post(DATASETS, contentType, BodyPublishers.ofString("x,y\n1,2\n"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertProblem(answer, "unsupported-media-type");
        assertNothingIsLeft();
    }

    @Test
    void compressedBodyIsNotRead() {
        Answer answer =
                client.post(DATASETS, "text/csv", BodyPublishers.ofByteArray(new byte[10]), "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(415);
        assertProblem(answer, "unsupported-media-type");
    }

    static Stream<BadForm> badForms() {
        String file = part("name=\"file\"; filename=\"a.csv\"", "x,y\n1,2");
        return Stream.of(
                new BadForm("no file", part("name=\"name\"", "n") + "--B--\n", 400, "missing-part"),
                new BadForm("file without a filename", part("name=\"file\"", "x\n1") + "--B--\n", 400, "missing-part"),
                new BadForm("two files", file + file + "--B--\n", 400, "malformed-request"),
                new BadForm(
                        "another file",
                        file + part("name=\"other\"; filename=\"b.csv\"", "x") + "--B--\n",
                        400,
                        "malformed-request"),
                new BadForm("extra field", file + part("name=\"other\"", "1") + "--B--\n", 400, "malformed-request"),
                new BadForm(
                        "option twice",
                        file + part("name=\"header\"", "auto") + part("name=\"header\"", "absent") + "--B--\n",
                        400,
                        "malformed-request"),
                new BadForm("no parts", "--B--\n", 400, "missing-part"),
                new BadForm("never closed", file, 400, "malformed-request"),
                new BadForm(
                        "bad file",
                        part("name=\"file\"; filename=\"a.csv\"", "x,x\n1,2") + "--B--\n",
                        422,
                        "dataset-invalid"),
                new BadForm(
                        "large file",
                        part("name=\"file\"; filename=\"a.csv\"", "1,2\n".repeat(600_000)) + "--B--\n",
                        413,
                        "too-large"));
    }

    record BadForm(String what, String body, int status, String type) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static String part(String disposition, String content) {
        return "--B\nContent-Disposition: form-data; " + disposition + "\n\n" + content + "\n";
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void badFormIsRefusedAndLeavesNothing(BadForm form) {
        Answer answer = form("B", form.body());
        assertThat(answer.status()).as(answer.body()).isEqualTo(form.status());
        assertProblem(answer, form.type());
        assertNothingIsLeft();
    }

    @Test
    void formWithoutABoundaryIsMalformed() {
        Answer answer = client.post(DATASETS, "multipart/form-data", BodyPublishers.ofString("--B--"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(form("b".repeat(5000), "--" + "b".repeat(5000) + "--\n").status())
                .isEqualTo(400);
    }

    @Test
    void cutConnectionLeavesNothing() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                    + "Content-Length: 100000\r\n\r\nx,y\n1,2\n")
                            .getBytes(UTF_8));
        }
        await().untilAsserted(this::assertNothingIsLeft);
    }
}
