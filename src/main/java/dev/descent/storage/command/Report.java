package dev.descent.storage.command;

import java.util.List;
import java.util.Locale;

/// What a look at a data directory has found.
///
/// @param referenced how many files rows name, `bytes` together
/// @param damage what is not as it was written, in words
/// @param leftovers what no row needs any more, by its path; the service removes it in time
record Report(
        String dataDirectory,
        long referenced,
        long bytes,
        List<String> damage,
        List<Leftover> leftovers,
        double seconds) {

    /// @param kind `unreferenced`, `temporary`, `run` or `stray`
    record Leftover(String kind, String path, long bytes) {}

    Report {
        damage = List.copyOf(damage);
        leftovers = List.copyOf(leftovers);
    }

    boolean clean() {
        return damage.isEmpty();
    }

    String text() {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s%n%d files that rows name, %s, read in %.1f s%n",
                dataDirectory,
                referenced,
                size(bytes),
                seconds));
        for (Leftover each : leftovers) {
            text.append(String.format(
                    Locale.ROOT, "left over (%s): %s, %s%n", each.kind(), each.path(), size(each.bytes())));
        }
        for (String each : damage) {
            text.append("DAMAGED: ").append(each).append(System.lineSeparator());
        }
        text.append(clean() ? "Everything is as it was written." : "Damage found: " + damage.size());
        return text.append(System.lineSeparator()).toString();
    }

    static String size(long bytes) {
        return bytes < 1 << 20 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
