package dev.descent.storage;

import dev.descent.fault.NotStored;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/// PostgreSQL's SQLStates as Spring knows them; a full disk is [NotStored].
final class PostgresExceptionTranslator implements SQLExceptionTranslator {

    private static final String DISK_FULL = "53100";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final SQLExceptionTranslator others = new SQLStateSQLExceptionTranslator();

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException e) {
        if (DISK_FULL.equals(e.getSQLState())) {
            throw new NotStored(
                    "insufficient-storage",
                    "No room left on the disk",
                    "The disk of the database server is full. Nothing was stored; free some space and send this again.",
                    RETRY_AFTER);
        }
        return others.translate(task, sql, e);
    }
}
