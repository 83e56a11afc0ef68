package dev.descent.storage;

import dev.descent.fault.NotStored;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a disk takes no writes.
enum DiskTrouble {
    FULL(
            "insufficient-storage",
            "No room left on the disk",
            "The disk that holds the data directory is full. Nothing was stored; free some space and send this again."),
    FAILING(
            "storage-failing",
            "The disk reports errors",
            "The disk that holds the data directory reports errors. Nothing was stored; send this again when the"
                    + " service's health says that storage is up.");

    private static final List<String> FULL_MESSAGES =
            List.of("No space left on device", "Disk quota exceeded", "File too large");
    private static final List<String> FAILING_MESSAGES =
            List.of("Input/output error", "Read-only file system", "No such device", "Stale file handle");

    private final String type;
    private final String title;
    private final String message;

    DiskTrouble(String type, String title, String message) {
        this.type = type;
        this.title = title;
        this.message = message;
    }

    /// What the operating system's words for a failed write mean, as far as they are known to be the disk's.
    static @Nullable DiskTrouble of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
            if (FULL_MESSAGES.stream().anyMatch(message::contains)) {
                return FULL;
            }
            if (FAILING_MESSAGES.stream().anyMatch(message::contains)) {
                return FAILING;
            }
        }
        return null;
    }

    NotStored fault(Duration retryAfter) {
        return new NotStored(type, title, message, retryAfter);
    }
}
