package dev.descent.storage.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command works on: a data directory, and the database where that is not a file in it. Said by options, or by
/// the variables of the environment that the service reads.
///
/// @param url of a PostgreSQL server; null for the embedded database
record Source(
        Path root,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {

    static final Set<String> OPTIONS = Set.of("data-directory", "database.url", "database.username");

    static Source of(CommandLine line, Map<String, String> environment) {
        String root = line.value("data-directory", "DESCENT_DATA_DIRECTORY", environment);
        String url = line.value("database.url", "DESCENT_DATABASE_URL", environment);
        return new Source(
                Path.of(Objects.requireNonNullElse(root, "./data"))
                        .toAbsolutePath()
                        .normalize(),
                url == null || url.isBlank() ? null : url,
                line.value("database.username", "DESCENT_DATABASE_USERNAME", environment),
                environment.get("DESCENT_DATABASE_PASSWORD"));
    }
}
