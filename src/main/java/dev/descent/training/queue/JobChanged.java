package dev.descent.training.queue;

/// A job's state or its stored events have changed, and the change is committed.
public record JobChanged(String jobId, JobState state) {}
