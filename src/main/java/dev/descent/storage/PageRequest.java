package dev.descent.storage;

import dev.descent.fault.Malformed;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for: at most `limit` things older than the one with the id `before`.
///
/// In SQL: `where id < :before order by id desc limit :fetch`, with [#before] and [#fetch].
public record PageRequest(int limit, @Nullable String after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAXIMUM_LIMIT = 500;

    /// From the query parameters `limit` and `after`; ids of the list start with `prefix`.
    public static PageRequest of(@Nullable Integer limit, @Nullable String after, String prefix) {
        if (limit != null && (limit < 1 || limit > MAXIMUM_LIMIT)) {
            String message = "limit must be between 1 and " + MAXIMUM_LIMIT;
            throw new Refused(
                    "validation-failed",
                    "Validation failed",
                    message,
                    List.of(new Violation("?limit", "out-of-range", message, limit)));
        }
        if (after != null && !Ids.isId(prefix, after)) {
            String message = "after must be the nextCursor of an earlier answer";
            throw new Malformed(
                    "malformed-request",
                    "Malformed request",
                    message,
                    List.of(new Violation("?after", "bad-cursor", message)));
        }
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit, after);
    }

    /// A bound that every wanted id is below.
    public String before() {
        return after == null ? "~" : after;
    }

    /// How many rows to fetch for [Page#of].
    public int fetch() {
        return limit + 1;
    }
}
