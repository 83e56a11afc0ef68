package dev.descent.training.events;

import dev.descent.training.queue.JobChanged;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.TrainingProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/// The event streams that are open, each served by a virtual thread of its own: a client that reads slowly delays
/// nobody else.
@Component
public class EventStreams {

    private final JobEvents events;
    private final RunningJobs running;
    private final TrainingProperties properties;
    private final JsonMapper json;

    private final Map<String, Set<EventStream>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;

    EventStreams(JobEvents events, RunningJobs running, TrainingProperties properties, JsonMapper json) {
        this.events = events;
        this.running = running;
        this.properties = properties;
        this.json = json;
    }

    /// Starts a stream of what follows event number `sequence`.
    SseEmitter open(String jobId, long sequence) {
        if (closed) {
            throw new ShuttingDown();
        }
        if (open.incrementAndGet() > properties.streamLimit()) {
            open.decrementAndGet();
            throw new TooManyStreams(properties.streamLimit());
        }
        var emitter = new SseEmitter(0L);
        var stream = new EventStream(jobId, sequence, emitter, events, running, json, properties.heartbeat());
        remember(stream);
        emitter.onError(error -> stream.close());
        Thread.ofVirtual().name("events-" + jobId).start(() -> {
            try {
                stream.run();
            } finally {
                forget(stream);
            }
        });
        if (closed) {
            stream.close();
        }
        return emitter;
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

    /// Ends every stream, and lets none open.
    public void close() {
        closed = true;
        streams.values().forEach(ofJob -> ofJob.forEach(EventStream::close));
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
