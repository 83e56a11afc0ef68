package dev.descent.training;

import dev.descent.core.linalg.Vectors;
import dev.descent.storage.Node;
import dev.descent.training.events.EventStreams;
import dev.descent.training.queue.Orphans;
import dev.descent.training.recording.Recordings;
import dev.descent.training.run.Ticker;
import dev.descent.training.run.Workers;
import dev.descent.training.trace.Replays;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The order in which training starts and stops.
///
/// It stops before the web server does: first nothing new is taken, then event streams and traces end, so
/// that they do not hold up the server, then running jobs go back to the queue.
@Component
public class TrainingLifecycle implements SmartLifecycle, SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TrainingLifecycle.class);

    /// Longer than any process needs between a directory and the row that tells of it.
    private static final Duration GRACE = Duration.ofHours(1);

    private final Orphans orphans;
    private final Recordings recordings;
    private final Node node;
    private final Workers workers;
    private final Ticker ticker;
    private final SubmitJob submit;
    private final EventStreams streams;
    private final Replays replays;
    private volatile boolean running;

    TrainingLifecycle(
            Orphans orphans,
            Recordings recordings,
            Node node,
            Workers workers,
            Ticker ticker,
            SubmitJob submit,
            EventStreams streams,
            Replays replays) {
        this.orphans = orphans;
        this.recordings = recordings;
        this.node = node;
        this.workers = workers;
        this.ticker = ticker;
        this.submit = submit;
        this.streams = streams;
        this.replays = replays;
    }

    /// Before the web server answers its first request.
    @Override
    public void afterSingletonsInstantiated() {
        if (node.shared()) {
            recordings.discardLeftovers(GRACE);
            return;
        }
        int recovered = orphans.recoverAll();
        if (recovered > 0) {
            log.info("Jobs that were running when the process ended: {}", recovered);
        }
        recordings.discardLeftovers(Duration.ZERO);
    }

    @Override
    public void start() {
        if (!Vectors.AVAILABLE) {
            log.info("Training runs without vectors: the same bits, but several times slower on wide layers;"
                    + " start Java with --add-modules jdk.incubator.vector to have them");
        }
        ticker.start();
        workers.start();
        streams.open();
        replays.open();
        submit.open(true);
        running = true;
    }

    @Override
    public void stop() {
        submit.open(false);
        streams.close();
        replays.close();
        workers.stop();
        ticker.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
