package dev.descent.training;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The order in which training starts and stops.
///
/// It stops before the web server does: first nothing new is taken, then event streams end, so that they do not
/// hold up the server, then running jobs go back to the queue.
@Component
class TrainingLifecycle implements SmartLifecycle, SmartInitializingSingleton {

    private final Workers workers;
    private final Ticker ticker;
    private final SubmitJob submit;
    private final EventStreams streams;
    private volatile boolean running;

    TrainingLifecycle(Workers workers, Ticker ticker, SubmitJob submit, EventStreams streams) {
        this.workers = workers;
        this.ticker = ticker;
        this.submit = submit;
        this.streams = streams;
    }

    /// Before the web server answers its first request.
    @Override
    public void afterSingletonsInstantiated() {
        workers.recover();
    }

    @Override
    public void start() {
        ticker.start();
        workers.start();
        streams.open();
        submit.open(true);
        running = true;
    }

    @Override
    public void stop() {
        submit.open(false);
        streams.close();
        workers.stop();
        ticker.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
