package dev.descent.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The embedded database: one connection that writes, four that only read, chosen by the transaction's read-only
/// flag.
///
/// There is no second connection to be had inside a writing transaction, so keep these short and never nest them in a
/// new one (`REQUIRES_NEW`). Whatever only reads belongs in `@Transactional(readOnly = true)`.
final class Sqlite implements Database {

    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 5000;

    private final HikariDataSource writer;
    private final HikariDataSource readers;

    private final DataSource source;
    private final Disk disk;

    private Sqlite(HikariDataSource writer, HikariDataSource readers, Disk disk) {
        this.writer = writer;
        this.readers = readers;
        this.disk = disk;
        var either = new LazyConnectionDataSourceProxy(writer);
        either.setReadOnlyDataSource(readers);
        source = either;
    }

    static Sqlite open(Path file, Disk disk) {
        HikariDataSource writer = pool("writer", file, 1, false);
        try {
            verify(writer);
            return new Sqlite(writer, pool("reader", file, READERS, true), disk);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public DataSource dataSource() {
        return source;
    }

    @Override
    public SQLExceptionTranslator exceptions() {
        return new SqliteExceptionTranslator(disk);
    }

    @Override
    public JdbcTransactionManager transactions() {
        return configured(new DiskTransactions(source, disk));
    }

    @Override
    public String migrations() {
        return "classpath:db/migration/sqlite";
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    private static HikariDataSource pool(String name, Path file, int size, boolean readOnly) {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        settings.setReadOnly(readOnly);
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);

        var pool = new HikariConfig();
        pool.setPoolName("sqlite-" + name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(size);
        pool.setReadOnly(readOnly);
        pool.setConnectionTimeout(30_000);
        pool.setMaxLifetime(0);
        return new HikariDataSource(pool);
    }

    /// A setting that did not take would show only at the next loss of power: ask for each.
    private static void verify(DataSource source) {
        Map<String, String> expected = Map.of(
                "journal_mode", "wal",
                "synchronous", "2",
                "foreign_keys", "1",
                "busy_timeout", String.valueOf(BUSY_TIMEOUT_MILLIS));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : expected.entrySet()) {
                try (ResultSet found = statement.executeQuery("pragma " + setting.getKey())) {
                    if (!found.next() || !setting.getValue().equals(found.getString(1))) {
                        throw new IllegalStateException("the database does not run with " + setting.getKey() + " = "
                                + setting.getValue() + " but " + found.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be opened: " + e.getMessage(), e);
        }
    }
}
