package dev.descent.storage.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// `descent fsck` within the test's own process.
public record Fsck(int exitCode, String output) {

    /// Leftovers of any age are reported.
    public static Fsck of(Path data) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, UTF_8)) {
            int code = new Commands(out, out, Map.of(), Clock.systemUTC())
                    .run(List.of("fsck", "--grace", "0s", "--data-directory", data.toString()));
            return new Fsck(code, bytes.toString(UTF_8));
        }
    }

    public boolean clean() {
        return exitCode == Commands.WELL;
    }

    public List<String> leftovers() {
        return output.lines().filter(line -> line.startsWith("left over")).toList();
    }
}
