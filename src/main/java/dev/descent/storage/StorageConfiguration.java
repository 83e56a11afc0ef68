package dev.descent.storage;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;

/// Opens the data directory first, then the database in it.
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ids ids(Clock clock) {
        return new Ids(clock, new SecureRandom());
    }

    @Bean
    Node node(@Value("${descent.database.url:}") String database) {
        return new Node(UUID.randomUUID().toString(), !database.isEmpty());
    }

    @Bean
    DataDirectory dataDirectory(StorageProperties properties) {
        return DataDirectory.open(properties.directory());
    }

    @Bean
    Disk disk(DataDirectory directory, DiskProperties properties) {
        return new Disk(directory.temporary(), properties);
    }

    @Bean
    Sqlite sqlite(DataDirectory directory) {
        return Sqlite.open(directory.database().resolve("descent.db"));
    }

    @Bean
    DataSource dataSource(Sqlite sqlite) {
        return sqlite.dataSource();
    }

    @Bean
    SQLExceptionTranslator sqlExceptionTranslator(Disk disk) {
        return new SqliteExceptionTranslator(disk);
    }

    /// Rolls back after a commit that failed: closing the transaction would otherwise try to commit once more.
    @Bean
    JdbcTransactionManager transactionManager(DataSource dataSource, SQLExceptionTranslator translator, Disk disk) {
        var manager = new DiskTransactions(dataSource, disk);
        manager.setExceptionTranslator(translator);
        manager.setRollbackOnCommitFailure(true);
        return manager;
    }

    @Bean
    FlywayConfigurationCustomizer migrations() {
        return flyway -> flyway.locations("classpath:db/migration/common", "classpath:db/migration/sqlite");
    }

    @Bean
    Blobs blobs(
            DataDirectory directory,
            JdbcClient database,
            PlatformTransactionManager transactions,
            Disk disk,
            Clock clock) {
        return new Blobs(directory, new BlobReferences(database, transactions), disk, clock);
    }

    @Bean
    SweepAtStart sweepAtStart(Blobs blobs, StorageProperties properties) {
        return new SweepAtStart(blobs, properties);
    }

    record SweepAtStart(Blobs blobs, StorageProperties properties) {

        @EventListener(ApplicationReadyEvent.class)
        void sweep() {
            blobs.sweep(properties.blobGrace());
        }
    }
}
