package dev.descent.training.queue;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Numbers that JSON has no word for travel as null with a reason beside them.
public final class NonFinite {

    private NonFinite() {}

    public static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /// `NaN`, `Infinity` or `-Infinity`; null for a finite number.
    public static @Nullable String reason(double value) {
        return Double.isFinite(value) ? null : Double.toString(value);
    }

    /// Adds an entry to the list `nonFinite` of a columnar answer.
    public static void write(JsonGenerator out, long step, String series, String reason) {
        out.writeStartObject();
        out.writeNumberProperty("step", step);
        out.writeStringProperty("series", series);
        out.writeStringProperty("reason", reason);
        out.writeEndObject();
    }
}
