import java.lang.management.ManagementFactory;

/// Seconds of the wall's clock and of this thread's processor time.
record Time(double wall, double cpu) {

    static Time now() {
        return new Time(
                System.nanoTime() * 1e-9,
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9);
    }

    /// What each of `times` took that began at `start`.
    Time since(Time start, int times) {
        return new Time((wall - start.wall) / times, (cpu - start.cpu) / times);
    }

    @Override
    public String toString() {
        return wall + " " + cpu;
    }
}
