package dev.descent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RequestRefusalsTest extends WebTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/echo/nothing", "/error", "/echo/steps/abc", "/echo/pages;x=1", "//echo/pages"})
    void unknownAddressesAreNotFound(String path) throws Exception {
        problem(get(path), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({"PUT, /echo/pages, GET", "PATCH, /echo/networks, POST", "FOO, /echo/pages, GET", "DELETE, /, GET"})
    void otherMethodsAreNotAllowed(String method, String path, String allow) throws Exception {
        var response = send(request(path).method(method, BodyPublishers.noBody()));

        problem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains(allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TRACE /echo/pages", "TRACE /echo/pages?a=1", "CONNECT /echo/pages", "CONNECT localhost:80"})
    void tracingAndTunnelsAreNotAllowed(String request) throws Exception {
        String answer =
                raw((request + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 405").contains("\r\nAllow: ", "application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/echo/pages?limit=abc,                ?limit,        wrong-type",
        "/echo/pages?limit=1e9,                ?limit,        wrong-type",
        "/echo/pages?limit=99999999999,        ?limit,        wrong-type",
        "/echo/pages?limit=1&limit=2,          ?limit,        duplicate-parameter",
        "/echo/required,                       ?name,         required",
        "/echo/precisions?precision=float16,   ?precision,    wrong-type",
        "/echo/headers,                        Last-Event-ID, required",
    })
    void parametersAreChecked(String path, String pointer, String code) throws Exception {
        hasError(problem(get(path), 400, "malformed-request"), pointer, code);
    }

    @Test
    void unknownParameterIsRefusedWithASuggestion() throws Exception {
        var problem = problem(get("/echo/pages?limt=3"), 422, "validation-failed");

        hasError(problem, "?limt", "unknown-parameter");
        assertThat(problem.get("detail").stringValue()).contains("did you mean limit?");
    }

    @Test
    void constantsInParametersHaveTheirWireNames() throws Exception {
        assertThat(get("/echo/precisions?precision=float32").body()).isEqualTo("\"float32\"");
    }

    @Test
    void answersComeOnlyInTheFormsOffered() throws Exception {
        problem(send(request("/echo/table").header("Accept", "text/html")), 406, "not-acceptable");
        problem(send(request("/echo/nothing").header("Accept", "text/csv")), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "malformed, 400, dataset-odd",
        "not-found, 404, dataset-not-found",
        "conflict,  409, state-conflict",
        "too-large, 413, upload-too-large",
        "form,      415, unsupported-media-type",
        "refused,   422, dataset-invalid",
        "spec,      422, validation-failed",
        "quota,     429, queue-quota-exceeded",
        "full,      503, queue-full",
        "damaged,   500, data-corrupt",
        "database,  503, dependency-unavailable",
        "disk,      507, insufficient-storage",
    })
    void factsOfFeaturesKeepTheirKind(String kind, int status, String type) throws Exception {
        problem(get("/echo/failures/" + kind), status, type);
    }

    @Test
    void refusalForLackOfRoomSaysWhenToComeBack() throws Exception {
        assertThat(get("/echo/failures/full").headers().firstValue("Retry-After"))
                .hasValue("2");
        assertThat(get("/echo/failures/quota").headers().firstValue("Retry-After"))
                .hasValue("9");
    }

    @Test
    void placeInAnUploadIsTold() throws Exception {
        var error = problem(get("/echo/failures/refused"), 422, "dataset-invalid")
                .get("errors")
                .get(0);

        assertThat(error.get("line").intValue()).isEqualTo(7);
        assertThat(error.get("column").intValue()).isEqualTo(3);
    }

    @Test
    void bugIsNotExplainedButFoundInTheLog(CapturedOutput log) throws Exception {
        var problem = problem(get("/echo/failures/bug"), 500, "internal-error");

        assertThat(problem.toString()).doesNotContain("secret", "IllegalState");
        assertThat(log).contains("[" + problem.get("traceId").stringValue() + "]", "secret: jdbc:sqlite:/home/x");
    }

    @Test
    void refusalsLeaveNoTraceInTheLog(CapturedOutput log) throws Exception {
        get("/echo/failures/refused");
        postJson("/echo/networks", "{");
        raw("GET /[ HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        raw("POST /echo/networks HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
                .getBytes(StandardCharsets.UTF_8));

        assertThat(log).doesNotContain(" ERROR ", " WARN ", "\tat ");
    }

    @Test
    void requestKeepsASaneIdOfItsSender() throws Exception {
        var response = send(request("/echo/nothing").header("X-Request-Id", "lecture-3.a_b"));

        assertThat(problem(response, 404, "not-found").get("instance").stringValue())
                .isEqualTo("lecture-3.a_b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${jndi:ldap://x}",
                "a b",
                "é",
                "00000000000000000000000000000000000000000000000000000000000000000"
            })
    void otherIdsAreReplaced(String id) throws Exception {
        String answer =
                raw(("GET /echo/pages HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Request-Id: " + id + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 200").containsPattern("X-Request-Id: [0-9a-f]{32}\r\n");
    }

    @Test
    void uploadNeedsAFormThatIsTaken() throws Exception {
        byte[] body = "x".getBytes(StandardCharsets.UTF_8);

        problem(post("/echo/uploads", "application/json", body), 415, "unsupported-media-type");
        problem(send(request("/echo/uploads").POST(BodyPublishers.ofByteArray(body))), 415, "unsupported-media-type");
        problem(post("/echo/uploads", "multipart/form-data", body), 400, "malformed-request");
        problem(post("/echo/uploads", "multipart/form-data; boundary=never", body), 400, "missing-part");
        problem(post("/echo/uploads", "multipart/form-data; boundary=b", part("other")), 400, "missing-part");
        assertThat(post("/echo/uploads", "multipart/form-data; boundary=b", part("file"))
                        .body())
                .isEqualTo("3");
    }

    private static byte[] part(String name) {
        return "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"f.csv\"\r\n\r\nabc\r\n--b--\r\n"
                .formatted(name)
                .getBytes(StandardCharsets.UTF_8);
    }
}
