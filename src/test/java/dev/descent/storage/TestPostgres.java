package dev.descent.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/// The one PostgreSQL server of this JVM, started when it is first asked for, and databases on it.
public final class TestPostgres {

    private static final String MIGRATED = "migrated";

    /// The database of each folder.
    private static final Map<Path, String> DATABASES = new HashMap<>();

    private static int made;

    private TestPostgres() {}

    /// The migrated database that belongs to a folder, for as long as the folder is there.
    public static synchronized String url(Path folder) {
        DATABASES.entrySet().removeIf(database -> {
            if (Files.exists(database.getKey())) {
                return false;
            }
            execute("drop database " + database.getValue() + " with (force)");
            return true;
        });
        return address(DATABASES.computeIfAbsent(folder, key -> create("test_" + ++made, Server.migrated())));
    }

    /// A database without a table in it.
    static synchronized String empty() {
        return address(create("test_" + ++made, "template0"));
    }

    static synchronized void execute(String sql) {
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String create(String name, String template) {
        execute("create database " + name + " template " + template);
        return name;
    }

    private static String address(String name) {
        return Server.RUNNING.getJdbcUrl("postgres", name);
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();
        private static boolean migrated;

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("max_connections", "200")
                        // nobody kills the server, so nothing has to be on the disk
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// The database that others are copied from; nothing stays connected to it.
        static String migrated() {
            if (!migrated) {
                create(MIGRATED, "template0");
                Flyway.configure()
                        .dataSource(RUNNING.getDatabase("postgres", MIGRATED))
                        .locations("classpath:db/migration/common", "classpath:db/migration/postgresql")
                        .load()
                        .migrate();
                migrated = true;
            }
            return MIGRATED;
        }
    }
}
