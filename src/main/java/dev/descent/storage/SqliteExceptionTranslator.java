package dev.descent.storage;

import dev.descent.fault.Damaged;
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

/// Tells apart what SQLite reports without an SQLState: a write that the disk refused is [dev.descent.fault.NotStored],
/// a file that is no longer what was written is [Damaged].
final class SqliteExceptionTranslator implements SQLExceptionTranslator {

    private final SQLExceptionTranslator others = new SQLStateSQLExceptionTranslator();
    private final Disk disk;

    SqliteExceptionTranslator(Disk disk) {
        this.disk = disk;
    }

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return others.translate(task, sql, e);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        String message = task + ": " + e.getMessage();
        return switch (code) {
            case SQLITE_FULL -> throw disk.failed(DiskTrouble.FULL, e);
            case SQLITE_CORRUPT,
                    SQLITE_CORRUPT_VTAB,
                    SQLITE_CORRUPT_SEQUENCE,
                    SQLITE_CORRUPT_INDEX,
                    SQLITE_NOTADB,
                    SQLITE_IOERR_READ,
                    SQLITE_IOERR_SHORT_READ,
                    SQLITE_IOERR_CORRUPTFS ->
                throw new Damaged("the database is not as it was written (" + code.name() + ")");
            case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE -> new DuplicateKeyException(message, e);
            default -> {
                String name = code.name();
                if (name.startsWith("SQLITE_CONSTRAINT")) {
                    yield new DataIntegrityViolationException(message, e);
                }
                if (name.startsWith("SQLITE_IOERR")) {
                    throw disk.failed(DiskTrouble.FAILING, e);
                }
                if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
                    yield new TransientDataAccessResourceException(message, e);
                }
                yield others.translate(task, sql, e);
            }
        };
    }
}
