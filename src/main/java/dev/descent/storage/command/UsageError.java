package dev.descent.storage.command;

/// The command line is not one that a command takes; the message says why.
final class UsageError extends RuntimeException {

    UsageError(String message) {
        super(message, null, false, false);
    }
}
