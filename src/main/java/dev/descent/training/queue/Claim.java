package dev.descent.training.queue;

/// A job that is this worker's to run: only writes that name its `fence` count.
///
/// @param spec the canonical [JobSpec] as JSON
public record Claim(String jobId, String tenant, long fence, long memoryBytes, String spec) {}
