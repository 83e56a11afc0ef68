package dev.descent.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model under an id. It never changes.
///
/// @param jobId the job that trained it
/// @param bundleSha256 of its file
public record StoredModel(
        String id,
        @Nullable String name,
        @Nullable String jobId,
        String bundleSha256,
        ModelSummary summary,
        Instant createdAt) {}
