package dev.descent.training.events;

import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEventAdded;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.TrainingProperties;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/// The event streams that are open. One thread, the loop, serves them all and waits for nobody: not for a client that
/// reads slowly, and not for the database. It is a thread of the platform, so that a thousand requests at once cannot
/// queue before it.
@Component
public class EventStreams {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    /// How often each stream is looked at though nothing happens.
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final JobEvents events;
    private final RunningJobs running;
    private final TrainingProperties properties;
    private final JsonMapper json;

    private final Map<String, Set<EventStream>> streams = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("event-streams").daemon().factory(), new DiscardPolicy());
    private volatile boolean closed;

    EventStreams(JobEvents events, RunningJobs running, TrainingProperties properties, JsonMapper json) {
        this.events = events;
        this.running = running;
        this.properties = properties;
        this.json = json;
        places = new Semaphore(properties.streamLimit());
        loop.scheduleWithFixedDelay(
                () -> streams.values().forEach(ofJob -> ofJob.forEach(this::advance)),
                LOOK.toMillis(),
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// Answers a request with a stream of what follows event number `sequence`.
    void open(String jobId, long sequence, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (closed) {
            throw new ShuttingDown();
        }
        if (!places.tryAcquire()) {
            throw new TooManyStreams(properties.streamLimit());
        }
        var stream = new EventStream(jobId, sequence, this::read, properties.heartbeat(), System::nanoTime);
        remember(stream);
        try {
            List<JobEvent> first = events.after(jobId, sequence, EventStream.BATCH);
            loop.execute(() -> stream.read(first));
            StreamConnection.begin(
                    request,
                    response,
                    connection -> loop.execute(() -> begin(stream, connection)),
                    () -> loop.execute(() -> forget(stream)));
        } catch (IOException | RuntimeException e) {
            forget(stream);
            throw e;
        }
        loop.schedule(() -> forgetUnlessBegun(stream), EventStream.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void begin(EventStream stream, EventSink sink) {
        stream.begin(sink);
        if (!streams.getOrDefault(stream.jobId(), Set.of()).contains(stream)) {
            stream.end();
            return;
        }
        running.find(stream.jobId()).map(this::progress).ifPresent(stream::progressed);
        if (closed) {
            stream.close();
        }
        advance(stream);
    }

    private void forgetUnlessBegun(EventStream stream) {
        if (!stream.begun()) {
            forget(stream);
        }
    }

    private void advance(EventStream stream) {
        try {
            if (!stream.advance()) {
                forget(stream);
            }
        } catch (RuntimeException e) {
            log.warn("A stream of the events of job {} ends", stream.jobId(), e);
            stream.end();
            forget(stream);
        }
    }

    private void read(EventStream stream, long sequence) {
        Thread.startVirtualThread(() -> {
            try {
                List<JobEvent> batch = events.after(stream.jobId(), sequence, EventStream.BATCH);
                loop.execute(() -> {
                    stream.read(batch);
                    advance(stream);
                });
            } catch (RuntimeException e) {
                log.warn("The events of job {} cannot be read: {}", stream.jobId(), e.toString());
                loop.execute(() -> {
                    stream.end();
                    forget(stream);
                });
            }
        });
    }

    @TransactionalEventListener(fallbackExecution = true)
    void onJobEventAdded(JobEventAdded added) {
        each(added.jobId(), stream -> stream.added(added.event()));
    }

    /// Looks for what other processes have stored of the jobs that are followed here and run elsewhere.
    public void poll() {
        List<String> elsewhere = streams.keySet().stream()
                .filter(id -> running.find(id).isEmpty())
                .toList();
        for (JobEvents.Latest latest : events.latest(elsewhere)) {
            each(latest.jobId(), stream -> stream.latest(latest));
        }
    }

    /// A running job may have new progress to show.
    public void progressed(RunningJob job) {
        String jobId = job.claim().jobId();
        String latest = streams.containsKey(jobId) ? progress(job) : null;
        if (latest != null) {
            each(jobId, stream -> stream.progressed(latest));
        }
    }

    private @Nullable String progress(RunningJob job) {
        Progress latest = job.progress();
        return latest == null ? null : json.writeValueAsString(latest);
    }

    private void each(String jobId, Consumer<EventStream> change) {
        if (streams.containsKey(jobId)) {
            loop.execute(() -> streams.getOrDefault(jobId, Set.of()).forEach(stream -> {
                change.accept(stream);
                advance(stream);
            }));
        }
    }

    /// Lets streams open again.
    public void open() {
        closed = false;
    }

    /// Ends every stream, lets none open, and waits a little for last words to be read.
    public void close() {
        closed = true;
        streams.keySet().forEach(id -> each(id, EventStream::close));
        try {
            if (places.tryAcquire(properties.streamLimit(), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(properties.streamLimit());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() {
        loop.shutdownNow();
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
            if (ofJob.remove(stream)) {
                places.release();
            }
            return ofJob.isEmpty() ? null : ofJob;
        });
    }
}
