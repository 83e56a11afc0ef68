package dev.descent.training;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An event stream that a client reads while it grows.
final class Streamed {

    /// What the service says last to those whom it leaves before the end of their job.
    static final String FAREWELL = ":come back";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> over;

    private Streamed(HttpRequest request) {
        over = HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofLines())
                .thenApply(this::read);
    }

    static Streamed open(int port, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/event-stream");
        return new Streamed((headers.length > 0 ? request.headers(headers) : request).build());
    }

    void awaitLine(String line) {
        await().until(() -> lines.contains(line));
    }

    /// All lines, once the stream has ended.
    List<String> lines() throws Exception {
        over.get(60, TimeUnit.SECONDS);
        return lines;
    }

    /// The names of all events, once the stream has ended.
    List<String> events() throws Exception {
        return lines().stream()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring("event:".length()))
                .toList();
    }

    /// A server that stops may close the connection before it has sent the end of an answer. Nothing is lost by that
    /// when the stream has said its last words.
    private int read(HttpResponse<Stream<String>> response) {
        try (Stream<String> body = response.body()) {
            body.forEach(lines::add);
        } catch (UncheckedIOException broken) {
            if (!lines.contains(FAREWELL)) {
                throw broken;
            }
        }
        return response.statusCode();
    }
}
