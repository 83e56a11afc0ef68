package dev.descent.storage.command;

/// A command could not do what it was asked to; the message says why and what to do about it.
final class CommandFailed extends RuntimeException {

    CommandFailed(String message) {
        super(message, null, false, false);
    }
}
