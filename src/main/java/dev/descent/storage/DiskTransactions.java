package dev.descent.storage;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

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
}
