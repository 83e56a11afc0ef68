package dev.descent.training.queue;

import java.time.Duration;
import java.util.OptionalDouble;
import org.springframework.stereotype.Component;

/// How soon a place in the queue should become free: when the next running job ends.
@Component
public class QueuePace {

    private static final double UNKNOWN_SECONDS = 10;
    private static final double LONGEST_SECONDS = 3600;

    private final RunningJobs running;

    QueuePace(RunningJobs running) {
        this.running = running;
    }

    public Duration untilNextEnd() {
        OptionalDouble soonest = running.all().stream()
                .map(RunningJob::progress)
                .filter(progress -> progress != null && progress.remainingSeconds() != null)
                .mapToDouble(progress -> progress.remainingSeconds())
                .min();
        double seconds = Math.clamp(soonest.orElse(UNKNOWN_SECONDS), 1, LONGEST_SECONDS);
        return Duration.ofSeconds((long) Math.ceil(seconds));
    }
}
