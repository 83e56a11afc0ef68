package dev.descent.training.queue;

import java.time.Instant;

/// Something that happened to a job and is kept: the `sequence`-th such thing, counted from 1.
///
/// @param event `state`, `epoch`, `checkpoint`, `diagnostic` or `end`
/// @param data JSON
public record JobEvent(long sequence, String event, String data, Instant createdAt) {

    static final String STATE = "state";
    public static final String EPOCH = "epoch";
    public static final String CHECKPOINT = "checkpoint";
    public static final String DIAGNOSTIC = "diagnostic";
    public static final String END = "end";
}
