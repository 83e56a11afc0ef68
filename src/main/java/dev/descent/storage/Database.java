package dev.descent.storage;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/// Where the rows are: embedded and this process's alone, or a server that several processes work on at once.
///
/// SQL is the same text on both; what differs is here, in the vendor's folder of migrations, and nowhere else.
sealed interface Database extends AutoCloseable permits Sqlite, Postgres {

    /// Always the same, by which its connections are known in a transaction.
    DataSource dataSource();

    SQLExceptionTranslator exceptions();

    /// Rolls back after a commit that failed: closing the transaction would otherwise try to commit once more.
    default JdbcTransactionManager transactions() {
        return configured(new JdbcTransactionManager(dataSource()));
    }

    default JdbcTransactionManager configured(JdbcTransactionManager manager) {
        manager.setExceptionTranslator(exceptions());
        manager.setRollbackOnCommitFailure(true);
        return manager;
    }

    /// The folder of the migrations that only this vendor understands.
    String migrations();

    @Override
    void close();

    /// The folders of all migrations, as Flyway takes them.
    default String[] allMigrations() {
        return new String[] {"classpath:db/migration/common", migrations()};
    }
}
