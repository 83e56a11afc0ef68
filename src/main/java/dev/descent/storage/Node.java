package dev.descent.storage;

/// This process, among those that may share its storage.
///
/// @param id a name that no other process has had or will have
/// @param shared whether other processes may work on the same database and files
public record Node(String id, boolean shared) {}
