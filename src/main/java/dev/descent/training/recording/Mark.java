package dev.descent.training.recording;

/// How much of a file there was at some moment.
///
/// @param checksum CRC32C of the bytes up to there
public record Mark(long bytes, long checksum) {}
