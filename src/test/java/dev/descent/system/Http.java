package dev.descent.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the service: sends JSON, reads JSON, and fails on any status but the one expected, if one is.
final class Http {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;
    private final Duration patience;

    Http(String base) {
        this(base, Duration.ofSeconds(60));
    }

    /// @param patience how long it waits for an answer
    Http(String base, Duration patience) {
        this.base = base;
        this.patience = patience;
    }

    /// An answer of any status.
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String field(String name) {
            return json().get(name).stringValue();
        }

        @Override
        public String toString() {
            return status + " " + response.body();
        }
    }

    JsonNode get(String path) {
        return send(request(path).GET(), 200);
    }

    /// Any answer. A connection that breaks is an `IOException`.
    HttpResponse<byte[]> any(HttpRequest.Builder request, String path) throws IOException {
        try {
            return client.send(
                    request.uri(URI.create(base + path))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode post(String path, String body, int status) {
        return post(path, "application/json", BodyPublishers.ofString(body), status);
    }

    JsonNode post(String path, String contentType, BodyPublisher body, int status) {
        return send(request(path).header("Content-Type", contentType).POST(body), status);
    }

    /// Posts nothing to `path`: a job's verbs.
    Answer ask(String path) {
        return exchange(request(path).POST(BodyPublishers.noBody()));
    }

    Answer ask(String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    Answer read(String path, String... headers) {
        HttpRequest.Builder request = request(path).GET();
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    Answer delete(String path) {
        return exchange(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(patience);
    }

    /// Throws [UncheckedIOException] when no answer comes: what was asked may be done or not.
    Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode send(HttpRequest.Builder request, int status) {
        Answer answer = exchange(request);
        if (answer.status() != status) {
            throw new AssertionError("status " + answer.status() + ", expected " + status + ": "
                    + answer.response().body());
        }
        return answer.json();
    }
}
