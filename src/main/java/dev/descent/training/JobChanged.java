package dev.descent.training;

/// A job's state or its stored events have changed, and the change is committed.
record JobChanged(String jobId, JobState state) {}
