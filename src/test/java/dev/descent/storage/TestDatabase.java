package dev.descent.storage;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/// The kinds of database; what stores has to do the same on each.
public enum TestDatabase {
    SQLITE,
    POSTGRESQL;

    DataDirectory directory(Path root) {
        return switch (this) {
            case SQLITE -> DataDirectory.open(root);
            case POSTGRESQL -> DataDirectory.share(root, Node.start(true));
        };
    }

    /// The same database for the same folder: its file, or one of its own on the server.
    Database open(Path root, DataDirectory directory, Disk disk) {
        return switch (this) {
            case SQLITE -> {
                Database sqlite = Sqlite.open(directory.database().resolve("descent.db"), disk);
                Flyway.configure()
                        .dataSource(sqlite.dataSource())
                        .locations(sqlite.allMigrations())
                        .load()
                        .migrate();
                yield sqlite;
            }
            case POSTGRESQL -> Postgres.open(new DatabaseSettings(TestPostgres.url(root), null, null));
        };
    }

    /// What a service has to be told to work on that database.
    public String[] properties(Path root) {
        return switch (this) {
            case SQLITE -> new String[0];
            case POSTGRESQL -> new String[] {"--descent.database.url=" + TestPostgres.url(root)};
        };
    }
}
