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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// One client's stream of a job's events.
///
/// Stored events carry their number as id and are all sent, in order, until `end`. Progress has no id; only the
/// latest is sent, as fast as the client reads.
final class EventStream {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final int BATCH = 100;
    private static final long RECONNECT_MILLIS = 2000;

    private final String jobId;
    private final JobEvents events;
    private final RunningJobs running;
    private final JsonMapper json;
    private final Duration heartbeat;

    private final Semaphore signal = new Semaphore(0);
    private volatile boolean newEvents = true;
    private volatile boolean closed;

    private volatile @Nullable String elsewhere;
    private volatile long sequence;
    private @Nullable List<JobEvent> prepared;
    private @Nullable String sent;
    private long lastHeard = System.nanoTime();

    EventStream(
            String jobId, long sequence, JobEvents events, RunningJobs running, JsonMapper json, Duration heartbeat) {
        this.jobId = jobId;
        this.sequence = sequence;
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

    /// Reads what is to be sent first, so that a client whose answer has begun need not wait for it, or is told what is
    /// wrong. To be called when the stream is told of what happens.
    void prepare() {
        newEvents = false;
        prepared = events.after(jobId, sequence, BATCH);
    }

    /// Sends what there is and what comes, until the end of the job or of the stream.
    void run(EventSink sink) {
        try {
            while (!sendStored(sink)) {
                sendProgress(sink);
                awaitSignal();
                if (untilHeartbeat() <= 0) {
                    send(sink, ":alive\n\n");
                }
                if (closed) {
                    send(sink, "retry:" + RECONNECT_MILLIS + "\n:come back\n\n");
                    break;
                }
            }
        } catch (IOException gone) {
            log.debug("Nobody follows {} there any more", jobId, gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sink.close();
        }
    }

    /// Says whether the last of all events has been sent.
    private boolean sendStored(EventSink sink) throws IOException, InterruptedException {
        while (prepared != null || newEvents) {
            List<JobEvent> batch = next();
            for (JobEvent event : batch) {
                send(sink, "id:" + event.sequence() + "\nevent:" + event.event() + "\ndata:" + event.data() + "\n\n");
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

    /// What was prepared, or else what has been stored since.
    private List<JobEvent> next() {
        List<JobEvent> batch = prepared;
        prepared = null;
        if (batch == null) {
            newEvents = false;
            batch = events.after(jobId, sequence, BATCH);
        }
        return batch;
    }

    private void sendProgress(EventSink sink) throws IOException, InterruptedException {
        String latest = running.find(jobId).map(this::progress).orElse(elsewhere);
        if (latest != null && !latest.equals(sent)) {
            sent = latest;
            send(sink, "event:progress\ndata:" + latest + "\n\n");
        }
    }

    private @Nullable String progress(RunningJob job) {
        Progress latest = job.progress();
        return latest == null ? null : json.writeValueAsString(latest);
    }

    private void send(EventSink sink, String text) throws IOException, InterruptedException {
        sink.send(text);
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
