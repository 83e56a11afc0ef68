package dev.descent.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Processes that work on one database and one folder, and what happens to them.
final class Cluster implements AutoCloseable {

    private final Path data;
    private final String[] properties;
    private final List<ServiceProcess> nodes = new ArrayList<>();
    private final List<ServiceProcess> dead = new ArrayList<>();
    private volatile boolean calm;
    private int kills;
    private int freezes;

    Cluster(Path data, int count, String... properties) throws IOException {
        this.data = data;
        this.properties = properties;
        for (int i = 0; i < count; i++) {
            nodes.add(ServiceProcess.start(data, properties));
        }
    }

    synchronized ServiceProcess first() {
        return nodes.getFirst();
    }

    /// One of them, in whatever state it is.
    synchronized ServiceProcess any(Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /// Until [#calm]: lets a process stand still, for 1.2 to 3 times as long as `lease` seconds, or kills it and starts
    /// another.
    void disturb(long seed, double lease) {
        var random = new Random(seed);
        try {
            while (!calm) {
                LockSupport.parkNanos((long) (1e9 * random.nextDouble(0.5, 2)));
                int which = random.nextInt(nodes.size());
                ServiceProcess node = nodes.get(which);
                if (random.nextInt(3) == 0) {
                    node.kill();
                    ServiceProcess next = ServiceProcess.start(data, properties);
                    synchronized (this) {
                        dead.add(node);
                        nodes.set(which, next);
                    }
                    kills++;
                } else {
                    node.freeze();
                    LockSupport.parkNanos((long) (1e9 * lease * random.nextDouble(1.2, 3)));
                    node.thaw();
                    freezes++;
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void calm() {
        calm = true;
    }

    /// How many lines of all logs hold `words`.
    synchronized long logged(String words) throws IOException {
        long lines = 0;
        for (ServiceProcess node : nodes) {
            lines += node.log().lines().filter(line -> line.contains(words)).count();
        }
        for (ServiceProcess node : dead) {
            lines += node.log().lines().filter(line -> line.contains(words)).count();
        }
        return lines;
    }

    @Override
    public synchronized void close() {
        nodes.forEach(ServiceProcess::close);
    }

    @Override
    public String toString() {
        return kills + " killed, " + freezes + " frozen";
    }
}
