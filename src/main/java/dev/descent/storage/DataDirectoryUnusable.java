package dev.descent.storage;

/// Why the service cannot start on its data directory, and what to do about it.
public final class DataDirectoryUnusable extends RuntimeException {

    private final String action;

    DataDirectoryUnusable(String message, String action) {
        super(message);
        this.action = action;
    }

    public String action() {
        return action;
    }
}
