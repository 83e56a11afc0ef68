package dev.descent.training.series;

import dev.descent.drawing.LineChart;
import dev.descent.training.queue.NonFinite;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The losses of several jobs on one axis, written out column by column without being held. A row is a step at which
/// any of them has one, and holds what each of them recorded at that step.
public final class JointCurve implements AutoCloseable {

    private final List<String> ids;
    private final List<String> names;
    private final List<LossCurve> curves;

    /// @param names of the columns as CSV
    JointCurve(List<String> ids, List<String> names, List<LossCurve> curves) {
        this.ids = List.copyOf(ids);
        this.names = List.copyOf(names);
        this.curves = List.copyOf(curves);
    }

    private interface StepVisitor {
        void step(long step) throws IOException;
    }

    private interface Column {
        @Nullable
        Double at(long step);
    }

    /// Writes an object.
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeName("steps").writeStartArray();
        visit(out::writeNumber);
        out.writeEndArray();
        out.writeName("jobs").writeStartArray();
        for (int k = 0; k < curves.size(); k++) {
            LossCurve curve = curves.get(k);
            out.writeStartObject();
            out.writeStringProperty("jobId", ids.get(k));
            out.writeStringProperty("name", names.get(k));
            out.writeStringProperty("over", curve.over());
            write(out, "trainingLoss", curve::trainingLossAt);
            if (curve.hasValidation()) {
                write(out, "validationLoss", curve::validationLossAt);
            } else {
                out.writeNullProperty("validationLoss");
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeBooleanProperty("sampled", curves.stream().anyMatch(LossCurve::isThinned));
        out.writeName("nonFinite").writeStartArray();
        visit(step -> {
            for (int k = 0; k < curves.size(); k++) {
                explain(out, step, ids.get(k) + ".trainingLoss", curves.get(k).trainingLossAt(step));
                explain(out, step, ids.get(k) + ".validationLoss", curves.get(k).validationLossAt(step));
            }
        });
        out.writeEndArray();
        out.writeEndObject();
    }

    /// An empty cell is a number that was not measured at that step.
    public void writeCsv(Writer out) throws IOException {
        out.write("step");
        for (String name : names) {
            out.write("," + name + ".trainingLoss," + name + ".validationLoss");
        }
        out.write("\n");
        visit(step -> {
            out.write(Long.toString(step));
            for (LossCurve curve : curves) {
                cell(out, curve.trainingLossAt(step));
                cell(out, curve.validationLossAt(step));
            }
            out.write("\n");
        });
    }

    /// Draws the curves, each job by its name.
    public LineChart chart(List<String> names, CurveScale scale) {
        var picture = new LossPicture(scale, curves);
        for (int k = 0; k < curves.size(); k++) {
            picture.add(curves.get(k), names.get(k), names.get(k) + ", validation");
        }
        return picture.chart("Loss");
    }

    private static void cell(Writer out, @Nullable Double value) throws IOException {
        out.write(value == null ? "," : "," + value);
    }

    private void write(JsonGenerator out, String name, Column column) throws IOException {
        out.writeName(name).writeStartArray();
        visit(step -> {
            Double value = column.at(step);
            if (value == null) {
                out.writeNull();
            } else {
                out.writeNumber(value);
            }
        });
        out.writeEndArray();
    }

    private static void explain(JsonGenerator out, long step, String column, @Nullable Double value) {
        String reason = value == null ? null : NonFinite.reason(value);
        if (reason != null) {
            NonFinite.write(out, step, column, reason);
        }
    }

    private void visit(StepVisitor visitor) throws IOException {
        List<LossCurve.Cursor> cursors =
                curves.stream().map(curve -> curve.new Cursor()).toList();
        while (true) {
            long step = LossCurve.END;
            for (LossCurve.Cursor cursor : cursors) {
                step = Math.min(step, cursor.step());
            }
            if (step == LossCurve.END) {
                return;
            }
            visitor.step(step);
            for (LossCurve.Cursor cursor : cursors) {
                if (cursor.step() == step) {
                    cursor.next();
                }
            }
        }
    }

    @Override
    public void close() {
        curves.forEach(LossCurve::close);
    }
}
