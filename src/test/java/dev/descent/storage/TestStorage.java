package dev.descent.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/// A data directory and a migrated database, without Spring around them.
public final class TestStorage implements AutoCloseable {

    private final DataDirectory directory;
    private final Database rows;
    private final JdbcClient database;
    private final JdbcTransactionManager transactions;
    private final Disk disk;
    private final Blobs blobs;

    public TestStorage(Path root, Clock clock) {
        this(root, clock, TestDatabase.SQLITE);
    }

    /// Opened again on the same `root`, it finds the same database; on PostgreSQL also while others have it open.
    public TestStorage(Path root, Clock clock, TestDatabase kind) {
        directory = kind.directory(root);
        disk = new Disk(directory.temporary(), new DiskProperties(DataSize.ofMegabytes(1), Duration.ofMillis(50)));
        rows = kind.open(root, directory, disk);
        var template = new JdbcTemplate(rows.dataSource());
        template.setExceptionTranslator(rows.exceptions());
        database = JdbcClient.create(template);
        transactions = rows.transactions();
        blobs = new Blobs(directory, new BlobReferences(database, transactions), disk, clock);
    }

    public DataDirectory directory() {
        return directory;
    }

    public JdbcClient database() {
        return database;
    }

    DataSource connections() {
        return rows.dataSource();
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
        rows.close();
        directory.close();
    }
}
