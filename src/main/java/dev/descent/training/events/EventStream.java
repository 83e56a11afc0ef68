package dev.descent.training.events;

import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJobs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/// One client's stream of a job's events.
///
/// Stored events carry their number as id and are all sent, in order, until `end`. Progress has no id; only the
/// latest is sent, as fast as the client reads.
final class EventStream implements Runnable {

    private static final int BATCH = 100;
    private static final long RECONNECT_MILLIS = 2000;

    private final String jobId;
    private final SseEmitter emitter;
    private final JobEvents events;
    private final RunningJobs running;
    private final JsonMapper json;
    private final Duration heartbeat;

    private final Semaphore signal = new Semaphore(0);
    private volatile boolean newEvents = true;
    private volatile boolean closed;

    private volatile @Nullable String elsewhere;
    private volatile long sequence;
    private @Nullable String sent;
    private long lastHeard = System.nanoTime();

    EventStream(
            String jobId,
            long sequence,
            SseEmitter emitter,
            JobEvents events,
            RunningJobs running,
            JsonMapper json,
            Duration heartbeat) {
        this.jobId = jobId;
        this.sequence = sequence;
        this.emitter = emitter;
        this.events = events;
        this.running = running;
        this.json = json;
        this.heartbeat = heartbeat;
    }

    String jobId() {
        return jobId;
    }

    void eventsStored() {
        newEvents = true;
        signal.release();
    }

    void progressed() {
        signal.release();
    }

    /// What another process has stored of the job, which runs there.
    void latest(JobEvents.Latest latest) {
        boolean progressed = latest.progress() != null && !latest.progress().equals(elsewhere);
        elsewhere = latest.progress();
        if (latest.sequence() > sequence) {
            eventsStored();
        } else if (progressed) {
            progressed();
        }
    }

    /// Ends the stream soon; the client may come back.
    void close() {
        closed = true;
        signal.release();
    }

    @Override
    public void run() {
        try {
            while (!sendStored()) {
                sendProgress();
                awaitSignal();
                if (untilHeartbeat() <= 0) {
                    send(SseEmitter.event().comment("alive"));
                }
                if (closed) {
                    send(SseEmitter.event().reconnectTime(RECONNECT_MILLIS).comment("come back"));
                    break;
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        }
    }

    /// Says whether the last of all events has been sent.
    private boolean sendStored() throws IOException {
        while (newEvents) {
            newEvents = false;
            List<JobEvent> batch = events.after(jobId, sequence, BATCH);
            for (JobEvent event : batch) {
                send(SseEmitter.event()
                        .id(Long.toString(event.sequence()))
                        .name(event.event())
                        .data(event.data()));
                sequence = event.sequence();
                if (event.event().equals(JobEvent.END)) {
                    return true;
                }
            }
            if (batch.size() == BATCH) {
                newEvents = true;
            }
        }
        return false;
    }

    private void sendProgress() throws IOException {
        String latest = running.find(jobId).map(this::progress).orElse(elsewhere);
        if (latest != null && !latest.equals(sent)) {
            sent = latest;
            send(SseEmitter.event().name("progress").data(latest));
        }
    }

    private @Nullable String progress(RunningJob job) {
        Progress latest = job.progress();
        return latest == null ? null : json.writeValueAsString(latest);
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        emitter.send(event);
        lastHeard = System.nanoTime();
    }

    /// Nanoseconds. A signal that brings nothing new, as one comes with every tick of a long step, puts nothing off.
    private long untilHeartbeat() {
        return heartbeat.toNanos() - (System.nanoTime() - lastHeard);
    }

    private void awaitSignal() throws InterruptedException {
        if (signal.tryAcquire(Math.max(0, untilHeartbeat()), TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
    }
}
