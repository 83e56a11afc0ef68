package dev.descent.storage.command;

import dev.descent.storage.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Makes a data directory of a backup, and looks at every byte on the way.
final class Restore {

    private final Layout backup;
    private final Layout target;

    Restore(Path backup, Path target) {
        this.backup = new Layout(backup);
        this.target = new Layout(target);
    }

    Backup.Manifest run() throws IOException, SQLException {
        Backup.Manifest manifest = manifest();
        String layout = Files.readString(backup.version()).strip();
        if (!layout.equals(manifest.layout())) {
            throw damaged("its VERSION is '" + layout + "', not '" + manifest.layout() + "'");
        }
        target.begin();
        if (!copy(backup.database(), target.database()).equals(manifest.sha256())) {
            throw damaged("its database is not as it was written");
        }
        try (Rows rows = Rows.embedded(target.database())) {
            List<String> complaints = rows.complaints();
            if (!complaints.isEmpty()) {
                throw damaged(String.join("; ", complaints));
            }
            for (Rows.Reference reference : rows.references().values()) {
                Path to = target.blob(reference.sha256());
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                if (!copy(backup.blob(reference.sha256()), to).equals(reference.sha256())) {
                    throw damaged(reference.owner() + " is not as it was written");
                }
            }
        }
        target.finish(layout);
        return manifest;
    }

    private Backup.Manifest manifest() throws IOException {
        try {
            return JsonMapper.builder().build().readValue(Files.readAllBytes(backup.manifest()), Backup.Manifest.class);
        } catch (NoSuchFileException e) {
            throw new CommandFailed(backup.root() + " is no backup that was finished: it has no backup.json");
        } catch (JacksonException e) {
            throw damaged("its backup.json cannot be read");
        }
    }

    private String copy(Path from, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            return Sha256.copy(from, out);
        } catch (NoSuchFileException e) {
            throw damaged("its file " + backup.root().relativize(from) + " is missing");
        }
    }

    private CommandFailed damaged(String what) {
        return new CommandFailed("the backup " + backup.root() + " cannot be used: " + what);
    }
}
