package dev.descent.storage;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/// The JSON of a `T` as it was first written, so that a repeated request gets the same bytes again.
public record Recorded<T>(@JsonValue @JsonRawValue String json) {}
