package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.fault.NotStored;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTest {

    @TempDir
    Path root;

    private TestStorage storage;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void databaseIsOneFileWithItsLog() {
        assertThat(root.resolve("db").toFile().list())
                .containsExactlyInAnyOrder("descent.db", "descent.db-wal", "descent.db-shm");
    }

    @Test
    void fullDatabaseIsToldAsSuchAndGoesOnReading() {
        storage.database().sql("pragma max_page_count = 60").query(Long.class).single();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        insertTurn("tenant " + i + " " + "x".repeat(1000));
                    }
                })
                .isInstanceOf(NotStored.class);
        assertThat(turns()).isPositive();
        storage.database()
                .sql("pragma max_page_count = 100000")
                .query(Long.class)
                .single();
        insertTurn("later");
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
