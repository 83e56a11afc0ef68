package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/// What every kind of database does alike.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DatabaseTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private TestStorage storage;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, Clock.systemUTC(), kind);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void readingTransactionCannotWrite() {
        TransactionTemplate reading = storage.transactions();
        reading.setReadOnly(true);
        assertThatThrownBy(() -> reading.executeWithoutResult(status -> insertTurn("a")))
                .isInstanceOf(DataAccessException.class);
        insertTurn("a");
    }

    @Test
    void readersSeeTheLastCommitWhileAWriterIsAtWork() {
        TransactionTemplate reading = storage.transactions();
        reading.setReadOnly(true);
        reading.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        storage.transactions().executeWithoutResult(writing -> {
            insertTurn("a");
            assertThat(reading.<Long>execute(status -> turns())).isEqualTo(1);
        });
        assertThat(reading.<Long>execute(status -> turns())).isEqualTo(2);
    }

    @Test
    void secondRowOfAKeyIsADuplicate() {
        insertTurn("a");
        assertThatThrownBy(() -> insertTurn("a")).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void brokenReferenceIsRefused() {
        assertThatThrownBy(() -> storage.database()
                        .sql("insert into job_record (job_id, kind, sha256, bytes) values ('nobody', 'loss', 'x', 0)")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void databaseClockIsThePresent() {
        long now = storage.database()
                .sql("select now_ms from clock")
                .query(Long.class)
                .single();
        assertThat(Instant.ofEpochMilli(now))
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
    }

    @Test
    void transactionGoesOnAfterAKeyThatWasThere() {
        insertTurn("a");
        storage.transactions().executeWithoutResult(writing -> {
            storage.database()
                    .sql("insert into turn (tenant, turn) values ('a', 2) on conflict (tenant) do nothing")
                    .update();
            insertTurn("b");
        });
        assertThat(turns()).isEqualTo(3);
    }

    @Test
    void textIsOrderedByCharacterCodes() {
        List.of("~", "a_b", "Z", "ab", "é", "a").forEach(this::insertTurn);
        assertThat(storage.database()
                        .sql("select tenant from turn order by tenant")
                        .query(String.class)
                        .list())
                .containsExactly("", "Z", "a", "a_b", "ab", "~", "é");
    }

    private void insertTurn(String tenant) {
        storage.database()
                .sql("insert into turn (tenant, turn) values (?, 1)")
                .param(tenant)
                .update();
    }

    private Long turns() {
        return storage.database()
                .sql("select count(*) from turn")
                .query(Long.class)
                .single();
    }
}
