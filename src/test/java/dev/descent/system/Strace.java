package dev.descent.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The Debian program `strace`, attached to a thread of the service or to all of it: makes chosen system calls fail,
/// kills the service right before one, or writes them down.
final class Strace implements AutoCloseable {

    private final Process process;
    private volatile boolean met;

    private Strace(Process process) {
        this.process = process;
    }

    /// Whether system calls can be tampered with here; says so when they cannot.
    static boolean isInstalled() {
        try {
            Process probe = new ProcessBuilder("strace", "-o", "/dev/null", "-e", "trace=getpid", "true")
                    .redirectErrorStream(true)
                    .start();
            probe.getInputStream().readAllBytes();
            if (probe.waitFor() == 0) {
                return true;
            }
        } catch (IOException e) {
            // said below
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.println("NOT proven here: there is no strace that may be used (Debian package strace, as root)");
        return false;
    }

    /// The first thread of a process that was given this name, of which the system knows fifteen letters.
    static long thread(long pid, String name) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            List<Long> found = new ArrayList<>();
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).strip().equals(name)) {
                    found.add(Long.valueOf(task.getFileName().toString()));
                }
            }
            return found.stream().min(Long::compare).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills the service right before call number `when` of thread `tid` to `call`, counted from now.
    static Strace kill(long tid, String call, int when) throws IOException {
        return attach(List.of(
                "-p",
                "" + tid,
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":signal=SIGKILL:when=" + when));
    }

    /// Makes call number `when` of thread `tid` fail.
    static Strace fail(long tid, String call, String error, int when) throws IOException {
        return attach(List.of(
                "-p", "" + tid, "-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error + ":when=" + when));
    }

    /// Whether a call was tampered with so far.
    boolean met() {
        return met;
    }

    /// Makes every one of these calls fail, whichever thread makes it, until this is closed.
    static Strace failAll(long pid, String calls, String error) throws IOException {
        return attach(List.of(
                "-f",
                "-p",
                "" + pid,
                "-o",
                "/dev/null",
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + calls + ":error=" + error));
    }

    /// Writes these calls down, with the paths of their files.
    static Strace trace(long pid, String calls, Path log) throws IOException {
        return attach(List.of("-f", "-y", "-s", "16", "-p", "" + pid, "-o", log.toString(), "-e", "trace=" + calls));
    }

    private static Strace attach(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = process.inputReader();
        String first = said.readLine();
        if (first == null || !first.contains("attached")) {
            process.destroyForcibly();
            throw new IOException("strace did not attach: " + first);
        }
        var strace = new Strace(process);
        Thread.ofPlatform().daemon().start(() -> strace.read(said));
        return strace;
    }

    private void read(BufferedReader said) {
        try (said) {
            said.lines().filter(line -> line.contains("(INJECTED)")).forEach(line -> met = true);
        } catch (IOException | UncheckedIOException gone) {
            return;
        }
    }

    /// Lets go of the service, which runs on.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
