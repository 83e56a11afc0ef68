package dev.descent.training.queue;

/// A job has come to another state, and the change is committed.
public record JobChanged(String jobId, JobState state) {}
