package dev.descent.system;

import dev.descent.system.Http.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What clients asked and were told, in order, in a file: every operation is invoked, and then it is ok, it failed
/// (and surely did nothing), or nobody knows.
final class History implements AutoCloseable {

    enum Outcome {
        OK,
        FAIL,
        UNKNOWN
    }

    private final long begin = System.nanoTime();
    private final PrintWriter lines;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int defects;

    private History(PrintWriter lines) {
        this.lines = lines;
    }

    /// Writes to `target/proofs/<name>.history`.
    static History of(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "proofs"));
        return new History(new PrintWriter(Files.newBufferedWriter(folder.resolve(name + ".history")), true));
    }

    /// Asks, and returns the answer of any status; empty when none came.
    Optional<Answer> ask(String client, String what, Supplier<Answer> request) {
        write(client, "invoke", what);
        try {
            Answer answer = request.get();
            return Optional.of(told(client, what, answer));
        } catch (UncheckedIOException e) {
            boolean refused = e.getCause() instanceof ConnectException;
            told(
                    client,
                    what,
                    refused ? Outcome.FAIL : Outcome.UNKNOWN,
                    e.getCause().toString());
            return Optional.empty();
        }
    }

    private Answer told(String client, String what, Answer answer) {
        told(client, what, answer.status() < 300 ? Outcome.OK : Outcome.FAIL, Integer.toString(answer.status()));
        if (answer.status() >= 500 && answer.status() != 503) {
            synchronized (this) {
                defects++;
            }
            write(client, "defect", answer.toString());
        }
        return answer;
    }

    private synchronized void told(String client, String what, Outcome outcome, String detail) {
        counts.merge(outcome, 1, Integer::sum);
        write(client, outcome.name().toLowerCase(Locale.ROOT), what + " " + detail);
    }

    private synchronized void write(String client, String kind, String text) {
        lines.printf("%.6f %s %s %s%n", (System.nanoTime() - begin) / 1e9, client, kind, text);
    }

    /// Answers that no client should get, whatever it asks.
    synchronized int defects() {
        return defects;
    }

    @Override
    public synchronized String toString() {
        return "operations " + counts;
    }

    @Override
    public void close() {
        lines.close();
    }
}
