package dev.descent.model;

import dev.descent.model.Plane.Span;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes planes and surfaces as properties of a JSON object that is begun.
public final class SurfaceJson {

    private final JsonGenerator out;
    private final Plane plane;

    public SurfaceJson(JsonGenerator out, Plane plane) {
        this.out = out;
        this.plane = plane;
    }

    public void writePlane() {
        axis("x", plane.x());
        axis("y", plane.y());
        out.writeName("held").writeStartObject();
        plane.heldValues().forEach((column, value) -> {
            if (value instanceof Double number) {
                out.writeNumberProperty(column, number);
            } else {
                out.writeStringProperty(column, value.toString());
            }
        });
        out.writeEndObject();
    }

    /// Numbers that are not finite are null, and counted.
    public void writeSurface(Surface surface) {
        int nonFinite = 0;
        switch (surface) {
            case Surface.Numbers numbers -> {
                out.writeStringProperty("target", numbers.target());
                out.writeName("values");
                nonFinite += grid(numbers.values());
            }
            case Surface.Classes classes -> {
                out.writeStringProperty("target", classes.target());
                out.writeName("labels");
                grid(i -> out.writeString(classes.names().get(classes.labels()[i])));
                out.writeName("probabilities");
                if (classes.probabilities()) {
                    out.writeStartObject();
                    for (int k = 0; k < classes.shares().length; k++) {
                        out.writeName(classes.names().get(k));
                        nonFinite += grid(classes.shares()[k]);
                    }
                    out.writeEndObject();
                } else {
                    out.writeNull();
                }
            }
            case Surface.Units units -> {
                out.writeNumberProperty("layer", units.layer());
                out.writeName("units").writeStartArray();
                for (int u = 0; u < units.values().length; u++) {
                    out.writeStartObject();
                    out.writeNumberProperty("unit", units.units().get(u));
                    out.writeName("values");
                    nonFinite += grid(units.values()[u]);
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
        }
        out.writeNumberProperty("nonFinite", nonFinite);
    }

    private void axis(String name, @Nullable Span span) {
        if (span == null) {
            out.writeNullProperty(name);
            return;
        }
        out.writeName(name).writeStartObject();
        out.writeStringProperty("column", span.column());
        out.writeName("values").writeStartArray();
        for (double value : span.values()) {
            out.writeNumber(value);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private int grid(double[] values) {
        grid(i -> out.writeNumber(values[i]));
        int nonFinite = 0;
        for (double value : values) {
            nonFinite += Double.isFinite(value) ? 0 : 1;
        }
        return nonFinite;
    }

    /// A row for each y, of a number for each x; of a curve the numbers alone.
    private void grid(IntConsumer write) {
        int columns = plane.x().points();
        out.writeStartArray();
        for (int i = 0; i < plane.size(); i++) {
            if (plane.y() != null && i % columns == 0) {
                out.writeStartArray();
            }
            write.accept(i);
            if (plane.y() != null && i % columns == columns - 1) {
                out.writeEndArray();
            }
        }
        out.writeEndArray();
    }
}
