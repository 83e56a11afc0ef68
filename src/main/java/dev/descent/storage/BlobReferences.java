package dev.descent.storage;

import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The blobs that rows name: the view `blob_reference`, which every table with a hash in it has to join.
///
/// Asks on a reading connection of its own, so that it never waits for a transaction that is waiting for a blob.
final class BlobReferences {

    private final JdbcClient database;
    private final TransactionTemplate reading;

    BlobReferences(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.reading.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    boolean contains(String sha256) {
        Long references =
                reading.execute(status -> database.sql("select count(*) from blob_reference where sha256 = :sha256")
                        .param("sha256", sha256)
                        .query(Long.class)
                        .single());
        return references > 0;
    }

    Set<String> all() {
        return reading.execute(status -> database.sql("select sha256 from blob_reference")
                .query(String.class)
                .set());
    }
}
