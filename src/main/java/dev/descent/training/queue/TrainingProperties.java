package dev.descent.training.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param workers how many jobs run at once; without it one less than there are cores, at least 1
/// @param queueLimit how many jobs may wait
/// @param memoryLimit what all running jobs may take together; without it 60 % of the heap
/// @param recordLimit what one job may record
/// @param streamLimit how many event streams may be open
/// @param traceLimit how many steps may be traced at once
/// @param checkpointInterval how often a running job keeps where it is; less often when that takes long
/// @param lease how long a job stays a process's that is not heard of; only with a database that several share
/// @param crashLimit how often the process may die during a job before the job counts as the reason
/// @param heartbeat how often an event stream says that it is alive
/// @param tick how often a running job shows its progress and its recordings
@ConfigurationProperties("descent.training")
public record TrainingProperties(
        @Nullable Integer workers,
        @DefaultValue("10000") int queueLimit,
        @Nullable DataSize memoryLimit,
        @DefaultValue("1GB") DataSize recordLimit,
        @DefaultValue("1000") int streamLimit,
        @DefaultValue("2") int traceLimit,
        @DefaultValue("10s") Duration checkpointInterval,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("3") int crashLimit,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("250ms") Duration tick) {

    private static final double SHARE_OF_HEAP = 0.6;

    public TrainingProperties {
        require("workers", workers == null || workers > 0, workers);
        require("queue-limit", queueLimit > 0, queueLimit);
        require("memory-limit", memoryLimit == null || memoryLimit.toBytes() > 0, memoryLimit);
        require("record-limit", recordLimit.toBytes() > 0, recordLimit);
        require("stream-limit", streamLimit > 0, streamLimit);
        require("trace-limit", traceLimit > 0, traceLimit);
        require("checkpoint-interval", checkpointInterval.isPositive(), checkpointInterval);
        require("lease", lease.isPositive(), lease);
        require("crash-limit", crashLimit > 0, crashLimit);
        require("heartbeat", heartbeat.isPositive(), heartbeat);
        require("tick", tick.isPositive(), tick);
    }

    private static void require(String name, boolean holds, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException("descent.training." + name + " must be greater than 0, not " + value);
        }
    }

    public int workerCount() {
        return workers != null ? workers : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    public long memoryLimitBytes() {
        return memoryLimit != null
                ? memoryLimit.toBytes()
                : (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory());
    }
}
