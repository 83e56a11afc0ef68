package dev.descent.training.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.descent.training.series.Accepted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// The forms in which a step is told.
enum TraceFormat {
    @JsonProperty("json")
    JSON(MediaType.APPLICATION_JSON),
    @JsonProperty("markdown")
    MARKDOWN(new MediaType("text", "markdown")),
    @JsonProperty("latex")
    LATEX(new MediaType("application", "x-latex"));

    private final MediaType type;

    TraceFormat(MediaType type) {
        this.type = type;
    }

    String contentType() {
        return this == JSON ? type.toString() : type + ";charset=utf-8";
    }

    /// What is asked for by name, or else by `Accept`.
    static TraceFormat of(@Nullable TraceFormat named, @Nullable String accept) {
        if (named != null) {
            return named;
        }
        if (Accepted.prefers(MARKDOWN.type, JSON.type, accept)) {
            return MARKDOWN;
        }
        return Accepted.prefers(LATEX.type, JSON.type, accept) ? LATEX : JSON;
    }
}
