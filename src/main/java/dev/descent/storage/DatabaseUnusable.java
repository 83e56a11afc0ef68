package dev.descent.storage;

/// Why the service cannot start on its database, and what to do about it.
final class DatabaseUnusable extends RuntimeException {

    private final String action;

    DatabaseUnusable(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
