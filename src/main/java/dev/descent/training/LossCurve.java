package dev.descent.training;

import dev.descent.training.StepRange.Selection;
import dev.descent.training.recording.LossOver;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Series;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A job's losses, step by step, as they stand in its files: written out column by column without being held.
///
/// A row is a step that recorded a loss, or the last step of an epoch, which has a validation loss; or both.
/// Thinned or not, a row holds all that its step recorded.
final class LossCurve {

    private static final long NONE = -1;

    private final Recording recording;
    private final double learningRate;
    private final @Nullable RecordReader losses;
    private final @Nullable RecordReader validation;
    private final Selection lossRows;
    private final Selection validationRows;

    LossCurve(
            Recording recording,
            double learningRate,
            @Nullable RecordReader losses,
            @Nullable RecordReader validation,
            StepRange range) {
        this.recording = recording;
        this.learningRate = learningRate;
        this.losses = losses;
        this.validation = validation;
        Series validated = recording.validation();
        int share = validated == null ? range.maxPoints() : Math.max(1, range.maxPoints() / 2);
        lossRows = range.of(recording.loss(), losses == null ? 0 : losses.count(), share);
        validationRows = validated == null || validation == null
                ? Selection.EMPTY
                : range.of(validated, validation.count(), share);
    }

    /// Takes the rows, in order; a record is [#NONE] where the row has none.
    private interface RowVisitor {
        void row(long step, long lossRecord, long validationRecord) throws IOException;
    }

    void writeJson(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeName("steps").writeStartArray();
        visit((step, loss, validated) -> out.writeNumber(step));
        out.writeEndArray();
        out.writeName("trainingLoss").writeStartArray();
        visit((step, loss, validated) -> write(out, losses, loss));
        out.writeEndArray();
        out.writeName("validationLoss");
        if (recording.validation() == null) {
            out.writeNull();
        } else {
            out.writeStartArray();
            visit((step, loss, validated) -> write(out, validation, validated));
            out.writeEndArray();
        }
        out.writeName("learningRate").writeStartArray();
        visit((step, loss, validated) -> out.writeNumber(learningRate));
        out.writeEndArray();
        out.writeStringProperty("over", recording.over() == LossOver.BATCH ? "batch" : "dataset");
        out.writeNumberProperty("every", recording.loss().every());
        out.writeBooleanProperty("sampled", lossRows.thinned() || validationRows.thinned());
        out.writeName("nonFinite").writeStartArray();
        visit((step, loss, validated) -> {
            explain(out, step, "trainingLoss", losses, loss);
            explain(out, step, "validationLoss", validation, validated);
        });
        out.writeEndArray();
        out.writeEndObject();
    }

    /// An empty cell is a loss that was not measured at that step.
    void writeCsv(Writer out) throws IOException {
        out.write("step,trainingLoss,validationLoss,learningRate\n");
        visit((step, loss, validated) -> out.write(
                step + "," + text(losses, loss) + "," + text(validation, validated) + "," + learningRate + "\n"));
    }

    private void visit(RowVisitor visitor) throws IOException {
        Series validated = recording.validation();
        long i = 0;
        long j = 0;
        while (i < lossRows.size() || j < validationRows.size()) {
            long lossRecord = i < lossRows.size() ? lossRows.at(i) : NONE;
            long validationRecord = j < validationRows.size() ? validationRows.at(j) : NONE;
            long lossStep =
                    lossRecord == NONE ? Long.MAX_VALUE : recording.loss().stepAt(lossRecord);
            long validationStep =
                    validationRecord == NONE || validated == null ? Long.MAX_VALUE : validated.stepAt(validationRecord);
            long step = Math.min(lossStep, validationStep);
            visitor.row(step, record(recording.loss(), losses, step), record(validated, validation, step));
            i += lossStep == step ? 1 : 0;
            j += validationStep == step ? 1 : 0;
        }
    }

    private static long record(@Nullable Series series, @Nullable RecordReader reader, long step) {
        if (series == null || reader == null) {
            return NONE;
        }
        long index = series.indexFrom(step);
        return index < reader.count() && series.stepAt(index) == step ? index : NONE;
    }

    private static void write(JsonGenerator out, @Nullable RecordReader reader, long record) {
        if (reader == null || record == NONE) {
            out.writeNull();
        } else {
            out.writeNumber(reader.float64(record, 0));
        }
    }

    private static void explain(
            JsonGenerator out, long step, String series, @Nullable RecordReader reader, long record) {
        String reason = reader == null || record == NONE ? null : NonFinite.reason(reader.float64(record, 0));
        if (reason != null) {
            NonFinite.write(out, step, series, reason);
        }
    }

    private static String text(@Nullable RecordReader reader, long record) {
        return reader == null || record == NONE ? "" : Double.toString(reader.float64(record, 0));
    }
}
