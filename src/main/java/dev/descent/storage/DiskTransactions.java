package dev.descent.storage;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions of a database on the service's own disk: none that writes begins while that takes no writes.
final class DiskTransactions extends JdbcTransactionManager {

    private final transient Disk disk;

    DiskTransactions(DataSource dataSource, Disk disk) {
        super(dataSource);
        this.disk = disk;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (!definition.isReadOnly()) {
            disk.requireWritable();
        }
        super.doBegin(transaction, definition);
    }

    /// SQLite rolls back by itself what it cannot write; then nothing is left to be rolled back.
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (TransactionSystemException e) {
            if (!String.valueOf(e.getMostSpecificCause().getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }
}
