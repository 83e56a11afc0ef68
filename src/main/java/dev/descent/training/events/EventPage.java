package dev.descent.training.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Stored events of a job, for clients that poll instead of streaming.
///
/// @param nextCursor what to send as `after` for what follows, now or later; null once the job has ended and
/// everything was given
record EventPage(List<Entry> data, @Nullable String nextCursor) {

    record Entry(
            @Schema(description = "Counted from 1", example = "3")
            long sequence,

            @Schema(description = "state, epoch, checkpoint, diagnostic or end", example = "state")
            String event,

            @Schema(type = "object") JsonNode data,
            Instant createdAt) {}
}
