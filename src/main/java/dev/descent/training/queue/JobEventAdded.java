package dev.descent.training.queue;

/// Something has happened to a job, and is committed.
public record JobEventAdded(String jobId, JobEvent event) {}
