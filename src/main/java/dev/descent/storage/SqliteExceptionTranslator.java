package dev.descent.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Tells apart what SQLite reports without an SQLState; a full disk is [dev.descent.fault.StorageFull].
final class SqliteExceptionTranslator implements SQLExceptionTranslator {

    private final SQLExceptionTranslator others = new SQLStateSQLExceptionTranslator();

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return others.translate(task, sql, e);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        String message = task + ": " + e.getMessage();
        return switch (code) {
            case SQLITE_FULL -> throw Durable.storageFull();
            case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE -> new DuplicateKeyException(message, e);
            default -> {
                String name = code.name();
                if (name.startsWith("SQLITE_CONSTRAINT")) {
                    yield new DataIntegrityViolationException(message, e);
                }
                if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
                    yield new TransientDataAccessResourceException(message, e);
                }
                yield others.translate(task, sql, e);
            }
        };
    }
}
