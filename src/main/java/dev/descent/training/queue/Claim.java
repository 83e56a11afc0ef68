package dev.descent.training.queue;

import org.jspecify.annotations.Nullable;

/// A job that is this worker's to run: only writes that name its `fence` count.
///
/// @param tries how often the machine has failed the job
/// @param crashes how often a process died while it held the job
/// @param spec the canonical `JobSpec` as JSON
/// @param verifies the job that it repeats, which has made the model already; null for any other job
public record Claim(
        String jobId,
        String tenant,
        long fence,
        long memoryBytes,
        int tries,
        int crashes,
        String spec,
        @Nullable String verifies) {}
