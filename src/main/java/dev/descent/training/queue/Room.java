package dev.descent.training.queue;

/// What a process can take on just now.
///
/// @param node the process that asks
/// @param limitBytes what all its jobs together may take
/// @param freeBytes how much of that is left
/// @param idle whether it runs no job
public record Room(String node, long limitBytes, long freeBytes, boolean idle) {}
