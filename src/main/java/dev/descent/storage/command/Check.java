package dev.descent.storage.command;

import dev.descent.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares a data directory with its rows: every file that they name, read through, and everything that they do not.
final class Check {

    private final Layout layout;
    private final Duration grace;
    private final Instant now;
    private final List<String> damage = new ArrayList<>();
    private final List<Report.Leftover> leftovers = new ArrayList<>();
    private long bytes;

    /// @param grace how young a file may be that no row names yet
    Check(Layout layout, Duration grace, Instant now) {
        this.layout = layout;
        this.grace = grace;
        this.now = now;
    }

    /// @param held whether no service works on the directory, so that the database is a file to be checked and what
    ///   is unfinished is left over
    Report run(Rows rows, boolean held) throws SQLException, IOException {
        long begin = System.nanoTime();
        if (held) {
            damage.addAll(rows.complaints());
        }
        damage.addAll(rows.jobsWithoutData());
        Map<String, Rows.Reference> references = rows.references();
        for (Rows.Reference reference : references.values()) {
            read(reference);
        }
        unreferenced(references.keySet());
        if (held) {
            unfinished(new HashSet<>(rows.attempts()));
        }
        return new Report(
                layout.root().toString(),
                references.size(),
                bytes,
                damage,
                leftovers,
                (System.nanoTime() - begin) / 1e9);
    }

    /// The same without reading any file: whether each is there, and as long as its row says.
    static List<String> quick(Layout layout, Rows rows) throws SQLException {
        List<String> damage = new ArrayList<>(rows.jobsWithoutData());
        for (Rows.Reference reference : rows.references().values()) {
            Path file = layout.blob(reference.sha256());
            try {
                long found = Files.size(file);
                if (reference.bytes() >= 0 && found != reference.bytes()) {
                    damage.add(reference.owner() + " has " + found + " bytes, not " + reference.bytes());
                }
            } catch (IOException e) {
                damage.add(reference.owner() + " is missing (file " + reference.sha256() + ")");
            }
        }
        return damage;
    }

    private void read(Rows.Reference reference) {
        Path file = layout.blob(reference.sha256());
        try {
            if (!Files.exists(file)) {
                damage.add(reference.owner() + " is missing (" + layout.root().relativize(file) + ")");
                return;
            }
            long found = Files.size(file);
            bytes += found;
            String sha256 = Sha256.of(file);
            if (!sha256.equals(reference.sha256())) {
                damage.add(reference.owner() + " is not as it was written: its SHA-256 is " + sha256 + ", its length "
                        + found + " (" + layout.root().relativize(file) + ")");
            } else if (reference.bytes() >= 0 && found != reference.bytes()) {
                damage.add(reference.owner() + " has " + found + " bytes, and its row says " + reference.bytes());
            }
        } catch (IOException e) {
            damage.add(reference.owner() + " cannot be read: " + e);
        }
    }

    private void unreferenced(Set<String> named) throws IOException {
        Instant limit = now.minus(grace);
        for (Path file : layout.blobFiles()) {
            String name = file.getFileName().toString();
            if (!name.matches("[0-9a-f]{64}") || !file.equals(layout.blob(name))) {
                leave("stray", file);
            } else if (!named.contains(name)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                leave("unreferenced", file);
            }
        }
    }

    private void unfinished(Set<String> attempts) throws IOException {
        for (Path file : Layout.files(layout.root().resolve("tmp"))) {
            leave("temporary", file);
        }
        Path runs = layout.root().resolve("runs");
        for (Path file : Layout.files(runs)) {
            if (!attempts.contains(runs.relativize(file).getName(0).toString())) {
                leave("run", file);
            }
        }
    }

    private void leave(String kind, Path file) throws IOException {
        leftovers.add(new Report.Leftover(kind, layout.root().relativize(file).toString(), Files.size(file)));
    }
}
