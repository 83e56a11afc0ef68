package dev.descent.training.events;

import dev.descent.training.queue.JobChanged;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.TrainingProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/// The event streams that are open, each served by a virtual thread of its own: a client that reads slowly delays
/// nobody else.
@Component
public class EventStreams {

    /// How long a client may leave what it is sent unread.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final JobEvents events;
    private final RunningJobs running;
    private final TrainingProperties properties;
    private final JsonMapper json;

    private final Map<String, Set<EventStream>> streams = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;

    EventStreams(JobEvents events, RunningJobs running, TrainingProperties properties, JsonMapper json) {
        this.events = events;
        this.running = running;
        this.properties = properties;
        this.json = json;
    }

    /// Answers a request with a stream of what follows event number `sequence`.
    void open(String jobId, long sequence, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (closed) {
            throw new ShuttingDown();
        }
        if (open.incrementAndGet() > properties.streamLimit()) {
            open.decrementAndGet();
            throw new TooManyStreams(properties.streamLimit());
        }
        var stream = new EventStream(jobId, sequence, events, running, json, properties.heartbeat());
        remember(stream);
        StreamConnection connection;
        try {
            stream.prepare();
            connection = StreamConnection.begin(request, response, PATIENCE);
        } catch (IOException | RuntimeException e) {
            forget(stream);
            throw e;
        }
        connection.onGone(stream::close);
        Thread thread = Thread.ofVirtual().name("events-" + jobId).unstarted(() -> serve(stream, connection));
        threads.add(thread);
        thread.start();
        if (closed) {
            stream.close();
        }
    }

    private void serve(EventStream stream, EventSink sink) {
        try {
            stream.run(sink);
        } finally {
            forget(stream);
            threads.remove(Thread.currentThread());
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void onJobChanged(JobChanged change) {
        streams.getOrDefault(change.jobId(), Set.of()).forEach(EventStream::eventsStored);
    }

    /// Looks for what other processes have stored of the jobs that are followed here and run elsewhere.
    public void poll() {
        List<String> elsewhere = streams.keySet().stream()
                .filter(id -> running.find(id).isEmpty())
                .toList();
        for (JobEvents.Latest latest : events.latest(elsewhere)) {
            streams.getOrDefault(latest.jobId(), Set.of()).forEach(stream -> stream.latest(latest));
        }
    }

    /// A running job may have new progress to show.
    public void progressed(String jobId) {
        streams.getOrDefault(jobId, Set.of()).forEach(EventStream::progressed);
    }

    /// Lets streams open again.
    public void open() {
        closed = false;
    }

    /// Ends every stream, lets none open, and waits a little for last words to be read.
    public void close() {
        closed = true;
        streams.values().forEach(ofJob -> ofJob.forEach(EventStream::close));
        long end = System.nanoTime() + LAST_WORDS.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remember(EventStream stream) {
        streams.compute(stream.jobId(), (id, present) -> {
            Set<EventStream> ofJob = present == null ? ConcurrentHashMap.newKeySet() : present;
            ofJob.add(stream);
            return ofJob;
        });
    }

    private void forget(EventStream stream) {
        streams.computeIfPresent(stream.jobId(), (id, ofJob) -> {
            ofJob.remove(stream);
            return ofJob.isEmpty() ? null : ofJob;
        });
        open.decrementAndGet();
    }
}
