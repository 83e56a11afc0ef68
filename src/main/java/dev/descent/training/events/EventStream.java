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
final class EventStream implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final int BATCH = 100;
    private static final long RECONNECT_MILLIS = 2000;

    private final String jobId;
    private final EventSink sink;
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
            EventSink sink,
            JobEvents events,
            RunningJobs running,
            JsonMapper json,
            Duration heartbeat) {
        this.jobId = jobId;
        this.sequence = sequence;
        this.sink = sink;
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
                    send(":alive\n\n");
                }
                if (closed) {
                    send("retry:" + RECONNECT_MILLIS + "\n:come back\n\n");
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
    private boolean sendStored() throws IOException, InterruptedException {
        while (newEvents) {
            newEvents = false;
            List<JobEvent> batch = events.after(jobId, sequence, BATCH);
            for (JobEvent event : batch) {
                send("id:" + event.sequence() + "\nevent:" + event.event() + "\ndata:" + event.data() + "\n\n");
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

    private void sendProgress() throws IOException, InterruptedException {
        String latest = running.find(jobId).map(this::progress).orElse(elsewhere);
        if (latest != null && !latest.equals(sent)) {
            sent = latest;
            send("event:progress\ndata:" + latest + "\n\n");
        }
    }

    private @Nullable String progress(RunningJob job) {
        Progress latest = job.progress();
        return latest == null ? null : json.writeValueAsString(latest);
    }

    private void send(String text) throws IOException, InterruptedException {
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
