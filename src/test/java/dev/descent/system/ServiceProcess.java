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
import org.awaitility.Awaitility;

/// The service as a process of its own, on a port of its choice, with its state in a folder that outlives it.
final class ServiceProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Descent is ready: (http://localhost:\\d+)");

    private final Process process;
    private final String address;

    private ServiceProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /// Starts the service on `data` and returns when it says that it is ready.
    static ServiceProcess start(Path data, String... properties) throws IOException {
        return start(List.of("--add-modules", "jdk.incubator.vector"), data, properties);
    }

    /// The same on a JVM without the Vector API.
    static ServiceProcess startWithoutVectors(Path data, String... properties) throws IOException {
        return start(List.of(), data, properties);
    }

    private static ServiceProcess start(List<String> modules, Path data, String... properties) throws IOException {
        Path log = Files.createTempFile(data.getParent(), "service", ".log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.descent.Application",
                "--server.port=0",
                "--descent.data-directory=" + data));
        command.addAll(1, modules);
        command.addAll(List.of(properties));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            String address = Awaitility.await("the service to be ready, see " + log)
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> address(process, log), found -> !found.isEmpty());
            return new ServiceProcess(process, address);
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

    String address() {
        return address;
    }

    Http api() {
        return new Http(address + "/api/v1");
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

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
