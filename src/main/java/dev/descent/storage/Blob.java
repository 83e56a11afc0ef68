package dev.descent.storage;

/// A stored file, named by the SHA-256 of its content in lower-case hexadecimal digits.
public record Blob(String sha256, long bytes) {}
