package dev.descent.training.series;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes curves, whose length is not known before, as JSON or CSV.
@Component
class CurveWriter {

    private final JsonMapper json;

    CurveWriter(JsonMapper json) {
        this.json = json;
    }

    /// Writes one form of an answer.
    interface Body<T> {
        void write(T out) throws IOException;
    }

    /// Answers in the form that is accepted.
    void write(@Nullable String accept, HttpServletResponse response, Body<JsonGenerator> asJson, Body<Writer> asCsv)
            throws IOException {
        if (Accepted.prefers(Accepted.CSV, MediaType.APPLICATION_JSON, accept)) {
            response.setContentType("text/csv;charset=utf-8");
            try (var out = new BufferedWriter(
                    new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
                asCsv.write(out);
            }
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
                asJson.write(out);
            }
        }
    }
}
