package dev.descent.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Follows one job's events to their end, however often the connection breaks: it comes back with Last-Event-ID.
///
/// It speaks HTTP/1.0 on a bare socket, so that an answer is its lines and a thousand clients cost little.
final class EventClient implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A stored event as it came at the wall clock's `millis`, on a connection that stood since `since`.
    record Event(long id, String kind, JsonNode data, long millis, long since) {}

    private final String job;
    private final Supplier<String> address;
    private final LongSupplier patience;
    private final List<Event> events = new ArrayList<>();
    private volatile long last;
    private volatile boolean connected;
    private volatile boolean ended;
    private long since;
    private int connections;
    private int refusals;

    /// @param address of the service, which may change
    /// @param patience after how many milliseconds the client drops each connection by itself; 0 for never
    EventClient(String job, Supplier<String> address, LongSupplier patience) {
        this.job = job;
        this.address = address;
        this.patience = patience;
    }

    /// Opens a connection that asks for the job's events after number `last`.
    static Socket connect(String address, String job, long last) throws IOException {
        URI uri = URI.create(address);
        var socket = new Socket(uri.getHost(), uri.getPort());
        String request = "GET /api/v1/training-jobs/" + job + "/events HTTP/1.0\r\nHost: " + uri.getAuthority()
                + "\r\nAccept: text/event-stream\r\n" + (last > 0 ? "Last-Event-ID: " + last + "\r\n" : "") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Override
    public void run() {
        while (!ended) {
            try (Socket socket = connect(address.get(), job, last);
                    var lines = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024)) {
                follow(lines);
            } catch (IOException gone) {
                // back below
            }
            connected = false;
            if (!ended) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void follow(BufferedReader lines) throws IOException {
        connections++;
        long wait = patience.getAsLong();
        long until = System.nanoTime() + wait * 1_000_000;
        String status = lines.readLine();
        if (status == null || !status.contains(" 200")) {
            refusals += status == null ? 0 : 1;
            ended = status != null && status.contains(" 204");
            return;
        }
        connected = true;
        since = System.currentTimeMillis();
        String id = null;
        String kind = null;
        for (String line = lines.readLine(); line != null && !ended; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = line.substring(3);
            } else if (line.startsWith("event:")) {
                kind = line.substring(6);
            } else if (line.startsWith("data:") && id != null && kind != null) {
                take(Long.parseLong(id), kind, line.substring(5));
            } else if (line.isEmpty()) {
                id = null;
                kind = null;
                if (wait > 0 && System.nanoTime() >= until) {
                    return;
                }
            }
        }
    }

    private void take(long id, String kind, String data) {
        synchronized (events) {
            events.add(new Event(id, kind, JSON.readTree(data), System.currentTimeMillis(), since));
        }
        last = id;
        ended = kind.equals("end");
    }

    String job() {
        return job;
    }

    boolean connected() {
        return connected;
    }

    boolean ended() {
        return ended;
    }

    int connections() {
        return connections;
    }

    int refusals() {
        return refusals;
    }

    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /// What of the events is not as promised: each stored one once, in order, up to one end.
    @Nullable
    String fault() {
        List<Event> seen = events();
        long epoch = 0;
        for (int i = 0; i < seen.size(); i++) {
            Event event = seen.get(i);
            if (event.id() != i + 1) {
                return job + ": event " + event.id() + " came as number " + (i + 1);
            }
            if (event.kind().equals("epoch")) {
                long next = event.data().get("epoch").longValue();
                if (next <= epoch) {
                    return job + ": epoch " + next + " after epoch " + epoch;
                }
                epoch = next;
            }
        }
        long ends = seen.stream().filter(event -> event.kind().equals("end")).count();
        return ends == 1 ? null : job + ": " + ends + " ends";
    }
}
