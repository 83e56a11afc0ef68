package dev.descent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// The service as a process of its own, on a port of its choice, with its state in a folder that outlives it.
final class ServiceProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Descent is ready: (http://localhost:\\d+)");
    private static final Pattern HEAP_USED = Pattern.compile("garbage-first heap.* used (\\d+)K");
    private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseG1GC");

    private final Process process;
    private final String address;
    private final Path log;

    private ServiceProcess(Process process, String address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /// Starts the service on `data` and returns when it says that it is ready.
    static ServiceProcess start(Path data, String... properties) throws IOException {
        return start(VECTORS, 512, data, properties);
    }

    /// The same on a JVM without the Vector API.
    static ServiceProcess startWithoutVectors(Path data, String... properties) throws IOException {
        return start(List.of(), 512, data, properties);
    }

    /// The same with another limit of its heap, in MiB.
    static ServiceProcess startWithHeap(int mebibytes, Path data, String... properties) throws IOException {
        return start(VECTORS, mebibytes, data, properties);
    }

    /// The same on a JVM that starts sooner and computes slower, for tests that start many.
    static ServiceProcess startLight(Path data, String... properties) throws IOException {
        return start(
                List.of("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                512,
                data,
                properties);
    }

    /// Starts the service on `data` and kills it after a while, ready or not.
    static void startAndKill(Path data, Duration after, String... properties) throws Exception {
        Path log = Files.createTempFile(data.getParent(), "service", ".log");
        Process process = launch(VECTORS, 512, data, log, properties);
        process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    private static Process launch(List<String> modules, int heap, Path data, Path log, String... properties)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.descent.Application",
                "--server.port=0",
                "--descent.data-directory=" + data));
        command.addAll(1, modules);
        command.addAll(List.of(properties));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static ServiceProcess start(List<String> modules, int heap, Path data, String... properties)
            throws IOException {
        Path log = Files.createTempFile(data.getParent(), "service", ".log");
        Process process = launch(modules, heap, data, log, properties);
        try {
            String address = Awaitility.await("the service to be ready, see " + log)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> address(process, log), found -> !found.isEmpty());
            return new ServiceProcess(process, address, log);
        } catch (Throwable failed) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(log), failed);
        }
    }

    private static String address(Process process, Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service ended with status " + process.exitValue());
        }
        Matcher ready = READY.matcher(Files.readString(log));
        return ready.find() ? ready.group(1) : "";
    }

    long processId() {
        return process.pid();
    }

    /// Whether the process ends within this time.
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    String address() {
        return address;
    }

    Http api() {
        return new Http(address + "/api/v1");
    }

    /// The same for who does not wait long.
    Http api(Duration patience) {
        return new Http(address + "/api/v1", patience);
    }

    /// What it has written to its log.
    String log() throws IOException {
        return Files.readString(log);
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM; returns the exit status.
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the service did not stop within 30 seconds of SIGTERM");
        }
        return process.exitValue();
    }

    /// SIGSTOP: the process stands still and knows nothing of it.
    void freeze() throws Exception {
        run("kill", "-STOP", pid());
    }

    /// SIGCONT.
    void thaw() throws Exception {
        run("kill", "-CONT", pid());
    }

    /// MiB of heap in use after a full collection.
    double heapMebibytes() throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        run(jcmd, pid(), "GC.run");
        Matcher used = HEAP_USED.matcher(run(jcmd, pid(), "GC.heap_info"));
        if (!used.find()) {
            throw new AssertionError("jcmd says nothing of a heap in use");
        }
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    /// MiB of memory that the process holds.
    double residentMebibytes() throws IOException {
        return status("VmRSS") / 1024.0;
    }

    /// The most that it has ever held.
    double peakResidentMebibytes() throws IOException {
        return status("VmHWM") / 1024.0;
    }

    long threads() throws IOException {
        return status("Threads");
    }

    long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", pid(), "fd"))) {
            return files.count();
        }
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", pid(), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private String pid() {
        return Long.toString(process.pid());
    }

    private static String run(String... command) throws Exception {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(run.getInputStream().readAllBytes());
        if (run.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
