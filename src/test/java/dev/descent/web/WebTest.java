package dev.descent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to the web package on a real port, and knows what every refusal looks like.
@SpringBootTest(classes = Playground.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = "server.tomcat.connection-timeout=2s")
abstract class WebTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String contentType, byte[] body) throws IOException, InterruptedException {
        return send(
                request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> postJson(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends `bytes` as they are, ends the sending, and returns all that comes back.
    String raw(byte[] bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Asserts that `response` is a problem document in every respect, and returns it.
    static JsonNode problem(HttpResponse<String> response, int status, String kind) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = problem(response.body(), status, kind);
        assertThat(response.headers().firstValue("X-Request-Id"))
                .hasValue(problem.get("instance").stringValue());
        return problem;
    }

    static JsonNode problem(String body, int status, String kind) {
        JsonNode problem = JSON.readTree(body);
        assertThat(problem.get("type").stringValue()).isEqualTo("https://descent.dev/problems/" + kind);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue())
                .isNotBlank()
                .doesNotContain("Exception", "tools.jackson", "springframework", "[Source", "StreamRead", "Feature");
        assertThat(problem.get("traceId").stringValue()).matches("[0-9a-f]{32}");
        return problem;
    }

    static void hasError(JsonNode problem, String pointer, String code) {
        assertThat(problem.path("errors")).as(problem.toString()).anySatisfy(error -> {
            assertThat(error.get("pointer").stringValue()).isEqualTo(pointer);
            assertThat(error.get("code").stringValue()).isEqualTo(code);
            assertThat(error.get("message").stringValue()).isNotBlank();
        });
    }
}
