package dev.descent.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/// A data directory with a migrated database in it, without Spring around them.
public final class TestStorage implements AutoCloseable {

    private final DataDirectory directory;
    private final Sqlite sqlite;
    private final JdbcClient database;
    private final JdbcTransactionManager transactions;
    private final Disk disk;
    private final Blobs blobs;

    public TestStorage(Path root, Clock clock) {
        directory = DataDirectory.open(root);
        sqlite = Sqlite.open(directory.database().resolve("descent.db"));
        DataSource source = sqlite.dataSource();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common", "classpath:db/migration/sqlite")
                .load()
                .migrate();
        disk = new Disk(directory.temporary(), new DiskProperties(DataSize.ofMegabytes(1), Duration.ofMillis(50)));
        var translator = new SqliteExceptionTranslator(disk);
        var template = new JdbcTemplate(source);
        template.setExceptionTranslator(translator);
        database = JdbcClient.create(template);
        transactions = new DiskTransactions(source, disk);
        transactions.setExceptionTranslator(translator);
        transactions.setRollbackOnCommitFailure(true);
        blobs = new Blobs(directory, new BlobReferences(database, transactions), disk, clock);
    }

    public DataDirectory directory() {
        return directory;
    }

    public JdbcClient database() {
        return database;
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(transactions);
    }

    public Disk disk() {
        return disk;
    }

    public Blobs blobs() {
        return blobs;
    }

    @Override
    public void close() {
        disk.close();
        sqlite.close();
        directory.close();
    }
}
