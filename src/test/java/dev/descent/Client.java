package dev.descent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the booted service that sends bytes as they are given and takes any answer.
public final class Client {

    /// What came back.
    public record Answer(int status, HttpHeaders headers, String body) {

        private static final JsonMapper JSON = new JsonMapper();

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /// The last part of a problem's type.
        public String problem() {
            String type = json().get("type").stringValue();
            return type.substring(type.lastIndexOf('/') + 1);
        }

        /// `code` and `pointer` of a problem's errors, as `code pointer` separated by commas.
        public String errors() {
            StringBuilder errors = new StringBuilder();
            JsonNode list = json().get("errors");
            if (list != null) {
                for (JsonNode error : list) {
                    errors.append(errors.isEmpty() ? "" : ", ")
                            .append(error.get("code").stringValue())
                            .append(' ')
                            .append(error.get("pointer").stringValue());
                }
            }
            return errors.toString();
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String[] always;

    public Client(int port) {
        this("http://127.0.0.1:" + port);
    }

    private Client(String base, String... always) {
        this.base = base;
        this.always = always;
    }

    /// The same client, showing this key with every request.
    public Client as(String key) {
        return new Client(base, "Authorization", "Bearer " + key);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /// Sends any method, without a body.
    public Answer send(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    /// Posts JSON.
    public Answer post(String path, String body) {
        return post(path, "application/json", body);
    }

    public Answer post(String path, String contentType, String body, String... headers) {
        return post(path, contentType, BodyPublishers.ofString(body), headers);
    }

    /// Posts any bytes; an empty content type sends none.
    public Answer post(String path, String contentType, BodyPublisher body, String... headers) {
        var request = request(path, headers).POST(body);
        return send(contentType.isEmpty() ? request : request.header("Content-Type", contentType));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        if (always.length > 0) {
            request.headers(always);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
