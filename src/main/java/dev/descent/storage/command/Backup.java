package dev.descent.storage.command;

import dev.descent.storage.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// Copies a data directory while its service goes on writing.
///
/// First every file that is there, then the rows as they are at one moment, then the files that these rows name and
/// that came in between. A file that went in between, together with its row, makes the rows be copied once more.
final class Backup {

    private static final int TRIES = 20;

    private final Layout source;
    private final Layout target;
    private final boolean link;
    private final Runnable meanwhile;
    private final Set<String> copied = new HashSet<>();
    private long bytes;

    /// What a backup says of itself.
    ///
    /// @param sha256 of the database's file
    record Manifest(String createdAt, String layout, String sha256, long files, long bytes) {}

    /// @param link whether files may share their blocks with the data directory's, where that is possible
    /// @param meanwhile called before and after the rows are copied, as what a service may do just then
    Backup(Path source, Path target, boolean link, Runnable meanwhile) {
        this.source = new Layout(source);
        this.target = new Layout(target);
        this.link = link;
        this.meanwhile = meanwhile;
    }

    Manifest run(Instant now) throws IOException, SQLException {
        String layout = Files.readString(source.version()).strip();
        target.begin();
        for (Path file : source.blobFiles()) {
            String name = file.getFileName().toString();
            if (name.matches("[0-9a-f]{64}")) {
                copyIfThere(name);
            }
        }
        Map<String, Rows.Reference> references = copyRows();
        for (String sha256 : Set.copyOf(copied)) {
            if (!references.containsKey(sha256)) {
                Files.delete(target.blob(sha256));
            }
        }
        for (String sha256 : references.keySet()) {
            bytes += Files.size(target.blob(sha256));
        }
        var manifest = new Manifest(now.toString(), layout, Sha256.of(target.database()), references.size(), bytes);
        Files.write(
                target.manifest(),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        target.finish(layout);
        return manifest;
    }

    private Map<String, Rows.Reference> copyRows() throws IOException, SQLException {
        for (int i = 0; i < TRIES; i++) {
            Files.deleteIfExists(target.database());
            meanwhile.run();
            try (Rows rows = Rows.embedded(source.database())) {
                rows.copyTo(target.database());
            }
            meanwhile.run();
            try (Rows rows = Rows.embedded(target.database())) {
                List<String> complaints = rows.complaints();
                if (!complaints.isEmpty()) {
                    throw new CommandFailed(String.join("; ", complaints));
                }
                Map<String, Rows.Reference> references = rows.references();
                if (allCopied(references, i == TRIES - 1)) {
                    return references;
                }
            }
        }
        throw new IllegalStateException("the last try returns or throws");
    }

    private boolean allCopied(Map<String, Rows.Reference> references, boolean last) throws IOException {
        for (Rows.Reference reference : references.values()) {
            if (copied.contains(reference.sha256()) || copyIfThere(reference.sha256())) {
                continue;
            }
            if (last || stillNamed(reference.sha256())) {
                throw new CommandFailed(reference.owner() + " is missing, or not as it was written (file "
                        + reference.sha256() + "): run fsck; delete what is damaged, then back up again");
            }
            return false;
        }
        return true;
    }

    /// A row that is still there has lost its file; one that has gone took its file along.
    private boolean stillNamed(String sha256) {
        try (Rows rows = Rows.embedded(source.database())) {
            return rows.references().containsKey(sha256);
        } catch (SQLException e) {
            throw new CommandFailed("the database cannot be read: " + e.getMessage());
        }
    }

    /// Copies a file if it is there and as it was written.
    private boolean copyIfThere(String sha256) throws IOException {
        Path from = source.blob(sha256);
        Path to = target.blob(sha256);
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        try {
            if (!copy(from, to).equals(sha256)) {
                Files.delete(to);
                return false;
            }
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(to);
            return false;
        }
        copied.add(sha256);
        return true;
    }

    private String copy(Path from, Path to) throws IOException {
        if (link) {
            try {
                Files.createLink(to, from);
                return Sha256.of(to);
            } catch (NoSuchFileException gone) {
                throw gone;
            } catch (IOException | UnsupportedOperationException elsewhere) {
                Files.deleteIfExists(to);
            }
        }
        try (OutputStream out =
                Files.newOutputStream(to, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            return Sha256.copy(from, out);
        }
    }
}
