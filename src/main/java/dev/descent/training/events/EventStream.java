package dev.descent.training.events;

import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's stream of a job's events: what is to be sent next, as far as the client reads. For one thread at a
/// time, which never waits here.
///
/// Stored events carry their number as id and are all sent, in order, until `end`: as the stream is told of them, or
/// from the database where it was not told of all. Progress has no id; only the latest is sent.
final class EventStream {

    /// How many events are read at once, and how many a stream keeps for a client that reads slowly.
    static final int BATCH = 100;

    /// How long a client may leave what it is sent unread.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final long RECONNECT_MILLIS = 2000;

    /// Where events come from that a stream was not told of.
    interface History {

        /// Has [EventStream#read] called with the events that follow number `sequence`, or the stream ended, but not
        /// at once.
        void read(EventStream into, long sequence);
    }

    private final String jobId;
    private final History history;
    private final Duration heartbeat;
    private final LongSupplier nanoTime;

    private final NavigableMap<Long, JobEvent> told = new TreeMap<>();
    private long sequence;
    private boolean missing;
    private boolean reading;

    private @Nullable String progress;
    private @Nullable String sentProgress;

    private @Nullable EventSink sink;
    private boolean closing;
    private boolean over;
    private long lastSent;
    private long lastRead;

    /// @param sequence of the last event the client has seen
    /// @param heartbeat after how long without a word the stream says that it is alive
    EventStream(String jobId, long sequence, History history, Duration heartbeat, LongSupplier nanoTime) {
        this.jobId = jobId;
        this.sequence = sequence;
        this.history = history;
        this.heartbeat = heartbeat;
        this.nanoTime = nanoTime;
    }

    String jobId() {
        return jobId;
    }

    /// Text may be sent from now on.
    void begin(EventSink to) {
        sink = to;
        lastSent = nanoTime.getAsLong();
        lastRead = lastSent;
    }

    /// An event has been stored.
    void added(JobEvent event) {
        if (event.sequence() > sequence) {
            told.put(event.sequence(), event);
            if (told.size() > BATCH) {
                told.pollLastEntry();
                missing = true;
            }
        }
    }

    /// Events that were asked for have been read, at most [#BATCH]. Where there are none before one that was told, the
    /// job has been deleted meanwhile: the stream ends.
    void read(List<JobEvent> batch) {
        if (reading && batch.isEmpty() && !told.isEmpty() && told.firstKey() > sequence + 1) {
            told.clear();
            closing = true;
        }
        reading = false;
        batch.forEach(this::added);
        missing |= batch.size() == BATCH;
    }

    /// What another process has stored of the job, which runs there.
    void latest(JobEvents.Latest latest) {
        missing |= latest.sequence() > (told.isEmpty() ? sequence : told.lastKey());
        if (latest.progress() != null) {
            progressed(latest.progress());
        }
    }

    /// @param latest JSON
    void progressed(String latest) {
        progress = latest;
    }

    /// Ends the stream when what there is has been sent; the client may come back.
    void close() {
        closing = true;
    }

    /// Ends the stream at once.
    void end() {
        if (sink != null) {
            sink.close();
        }
    }

    boolean begun() {
        return sink != null;
    }

    /// Sends what there is, as far as the client reads; says whether more may come.
    boolean advance() {
        if (sink == null) {
            return true;
        }
        try {
            if (send(sink)) {
                return true;
            }
        } catch (IOException gone) {
            log.debug("Nobody follows {} there any more", jobId, gone);
        }
        end();
        return false;
    }

    private boolean send(EventSink to) throws IOException {
        while (to.flush()) {
            lastRead = nanoTime.getAsLong();
            if (over) {
                return false;
            }
            String text = next();
            if (text == null) {
                return true;
            }
            to.send(text);
            lastSent = lastRead;
        }
        return nanoTime.getAsLong() - lastRead < PATIENCE.toNanos();
    }

    /// What is to be sent now.
    private @Nullable String next() {
        Map.Entry<Long, JobEvent> first = told.firstEntry();
        if (first != null && first.getKey() == sequence + 1) {
            told.remove(first.getKey());
            return text(first.getValue());
        }
        if (reading) {
            return null;
        }
        if (first != null || missing) {
            reading = true;
            missing = false;
            history.read(this, sequence);
            return null;
        }
        if (progress != null && !progress.equals(sentProgress)) {
            sentProgress = progress;
            return "event:progress\ndata:" + progress + "\n\n";
        }
        if (closing) {
            over = true;
            return "retry:" + RECONNECT_MILLIS + "\n:come back\n\n";
        }
        return nanoTime.getAsLong() - lastSent < heartbeat.toNanos() ? null : ":alive\n\n";
    }

    private String text(JobEvent event) {
        sequence = event.sequence();
        over = event.event().equals(JobEvent.END);
        return "id:" + sequence + "\nevent:" + event.event() + "\ndata:" + event.data() + "\n\n";
    }
}
