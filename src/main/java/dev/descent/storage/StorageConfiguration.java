package dev.descent.storage;

import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;

/// Opens the data directory first, then the database in it or beside it.
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
    Node node(StorageProperties properties) {
        return Node.start(properties.database() != null);
    }

    @Bean
    DataDirectory dataDirectory(StorageProperties properties, Node node) {
        return node.shared()
                ? DataDirectory.share(properties.directory(), node)
                : DataDirectory.open(properties.directory());
    }

    @Bean
    Disk disk(DataDirectory directory, DiskProperties properties) {
        return new Disk(directory.temporary(), properties);
    }

    @Bean
    Database database(StorageProperties properties, DataDirectory directory, Disk disk) {
        DatabaseSettings server = properties.database();
        return server == null ? Sqlite.open(directory.database().resolve("descent.db"), disk) : Postgres.open(server);
    }

    @Bean
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    @Bean
    SQLExceptionTranslator sqlExceptionTranslator(Database database) {
        return database.exceptions();
    }

    @Bean
    JdbcTransactionManager transactionManager(Database database) {
        return database.transactions();
    }

    @Bean
    FlywayConfigurationCustomizer migrations(Database database) {
        return flyway -> flyway.locations(database.allMigrations());
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
    BlobSweeper blobSweeper(Blobs blobs, StorageProperties properties) {
        return new BlobSweeper(blobs, properties.blobGrace());
    }
}
