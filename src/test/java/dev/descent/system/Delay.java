package dev.descent.system;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// A delay that looks for the moment at which a race is open: longer after each race that came too early, shorter
/// after each that came too late, with a spread around it.
final class Delay {

    private static final double FACTOR = 1.2;
    private static final double SHORTEST = 1_000;
    private static final double LONGEST = 1e9;

    private double nanos;

    Delay(double milliseconds) {
        nanos = milliseconds * 1e6;
    }

    void pass() {
        long now;
        synchronized (this) {
            now = (long) (nanos * ThreadLocalRandom.current().nextDouble(0.7, 1.3));
        }
        long end = System.nanoTime() + now;
        for (long left = now; left > 0; left = end - System.nanoTime()) {
            if (left > 200_000) {
                LockSupport.parkNanos(left - 100_000);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    synchronized void tooEarly() {
        nanos = Math.min(LONGEST, nanos * FACTOR);
    }

    synchronized void tooLate() {
        nanos = Math.max(SHORTEST, nanos / FACTOR);
    }

    synchronized double milliseconds() {
        return nanos / 1e6;
    }
}
