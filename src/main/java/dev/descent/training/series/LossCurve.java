package dev.descent.training.series;

import dev.descent.core.train.Metric;
import dev.descent.training.queue.MetricName;
import dev.descent.training.queue.NonFinite;
import dev.descent.training.recording.LossOver;
import dev.descent.training.recording.MetricSeries;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Series;
import dev.descent.training.series.StepRange.Selection;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A job's losses, learning rates and metrics as they stand in its files: written out column by column without being
/// held.
///
/// A row is a step that recorded a loss, or the last step of an epoch, which has a validation loss or metrics; or both.
/// Thinned or not, a row holds all that its step recorded.
final class LossCurve implements AutoCloseable {

    /// The step of a cursor that is past the last row.
    static final long END = Long.MAX_VALUE;

    private static final long NONE = -1;

    private final Recording recording;
    private final double constantRate;
    private final Readers readers;
    private final @Nullable Series epochs;
    private final Selection lossRows;
    private final Selection epochRows;

    /// The files of a job; null while one is not there, or is not recorded.
    record Readers(
            @Nullable RecordReader losses,
            @Nullable RecordReader learningRates,
            @Nullable RecordReader validation,
            @Nullable RecordReader metrics)
            implements AutoCloseable {

        @Override
        public void close() {
            Stream.of(losses, learningRates, validation, metrics)
                    .filter(Objects::nonNull)
                    .forEach(RecordReader::close);
        }

        private long epochs(Recording recording) {
            long count = Long.MAX_VALUE;
            if (recording.validation() != null) {
                count = validation == null ? 0 : validation.count();
            }
            if (recording.metrics() != null) {
                count = Math.min(count, metrics == null ? 0 : metrics.count());
            }
            return count == Long.MAX_VALUE ? 0 : count;
        }
    }

    /// A number of each row that has it, at `offset` in a record of the step or of the epoch.
    private record Column(
            String name, boolean ofEpoch, @Nullable RecordReader reader, long offset) {

        @Nullable
        Double at(long lossRecord, long epochRecord) {
            long record = ofEpoch ? epochRecord : lossRecord;
            return reader == null || record == NONE || record >= reader.count()
                    ? null
                    : Double.valueOf(reader.float64(record, offset));
        }
    }

    /// `constantRate` is the learning rate of every step where none is recorded.
    LossCurve(Recording recording, double constantRate, Readers readers, StepRange range) {
        this.recording = recording;
        this.constantRate = constantRate;
        this.readers = readers;
        MetricSeries measured = recording.metrics();
        epochs = recording.validation() != null ? recording.validation() : measured == null ? null : measured.series();
        int share = epochs == null ? range.maxPoints() : Math.max(1, range.maxPoints() / 2);
        RecordReader losses = readers.losses();
        lossRows = range.of(recording.loss(), losses == null ? 0 : losses.count(), share);
        epochRows = epochs == null ? Selection.EMPTY : range.of(epochs, readers.epochs(recording), share);
    }

    /// Takes the rows, in order; a record is [#NONE] where the row has none.
    private interface RowVisitor {
        void row(long step, long lossRecord, long epochRecord) throws IOException;
    }

    private Column trainingLoss() {
        return new Column("trainingLoss", false, readers.losses(), 0);
    }

    private Column validationLoss() {
        return new Column("validationLoss", true, readers.validation(), 0);
    }

    private Column learningRate() {
        return new Column("learningRate", false, readers.learningRates(), 0);
    }

    /// `trainingAccuracy`, `validationAccuracy` and so on.
    private List<Column> metrics() {
        MetricSeries measured = recording.metrics();
        if (measured == null) {
            return List.of();
        }
        List<Column> columns = new ArrayList<>();
        for (Metric metric : measured.metrics()) {
            columns.add(column(measured, metric, false));
            if (measured.validated()) {
                columns.add(column(measured, metric, true));
            }
        }
        return columns;
    }

    private Column column(MetricSeries measured, Metric metric, boolean heldOut) {
        return new Column(MetricName.of(metric, heldOut), true, readers.metrics(), measured.offset(metric, heldOut));
    }

    void writeJson(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeName("steps").writeStartArray();
        visit((step, loss, epoch) -> out.writeNumber(step));
        out.writeEndArray();
        write(out, trainingLoss());
        if (recording.validation() == null) {
            out.writeNullProperty("validationLoss");
        } else {
            write(out, validationLoss());
        }
        if (recording.learningRate() == null) {
            out.writeName("learningRate").writeStartArray();
            visit((step, loss, epoch) -> out.writeNumber(constantRate));
            out.writeEndArray();
        } else {
            write(out, learningRate());
        }
        out.writeName("metrics").writeStartObject();
        for (Column column : metrics()) {
            write(out, column);
        }
        out.writeEndObject();
        out.writeStringProperty("over", over());
        out.writeNumberProperty("every", recording.loss().every());
        out.writeBooleanProperty("sampled", isThinned());
        out.writeName("nonFinite").writeStartArray();
        visit((step, loss, epoch) -> {
            explain(out, step, trainingLoss(), loss, epoch);
            explain(out, step, validationLoss(), loss, epoch);
            for (Column column : metrics()) {
                explain(out, step, column, loss, epoch);
            }
        });
        out.writeEndArray();
        out.writeEndObject();
    }

    /// An empty cell is a number that was not measured at that step.
    void writeCsv(Writer out) throws IOException {
        List<Column> columns = new ArrayList<>(List.of(trainingLoss(), validationLoss(), learningRate()));
        columns.addAll(metrics());
        out.write("step");
        for (Column column : columns) {
            out.write("," + column.name);
        }
        out.write("\n");
        visit((step, loss, epoch) -> {
            out.write(Long.toString(step));
            for (Column column : columns) {
                boolean constant = column.name.equals("learningRate") && recording.learningRate() == null;
                Double value = constant ? Double.valueOf(constantRate) : column.at(loss, epoch);
                out.write(value == null ? "," : "," + value);
            }
            out.write("\n");
        });
    }

    private void write(JsonGenerator out, Column column) throws IOException {
        out.writeName(column.name).writeStartArray();
        visit((step, loss, epoch) -> {
            Double value = column.at(loss, epoch);
            if (value == null) {
                out.writeNull();
            } else {
                out.writeNumber(value);
            }
        });
        out.writeEndArray();
    }

    private static void explain(JsonGenerator out, long step, Column column, long loss, long epoch) {
        Double value = column.at(loss, epoch);
        String reason = value == null ? null : NonFinite.reason(value);
        if (reason != null) {
            NonFinite.write(out, step, column.name, reason);
        }
    }

    private void visit(RowVisitor visitor) throws IOException {
        var cursor = new Cursor();
        for (long step = cursor.step(); step != END; step = cursor.step()) {
            visitor.row(step, record(recording.loss(), step), epochs == null ? NONE : record(epochs, step));
            cursor.next();
        }
    }

    /// Goes through the rows, in order.
    final class Cursor {

        private long i;
        private long j;

        /// The step of the row it is at; [#END] past the last.
        long step() {
            return Math.min(lossStep(), epochStep());
        }

        void next() {
            long step = step();
            long loss = lossStep();
            long epoch = epochStep();
            i += loss == step ? 1 : 0;
            j += epoch == step ? 1 : 0;
        }

        private long lossStep() {
            return i < lossRows.size() ? recording.loss().stepAt(lossRows.at(i)) : END;
        }

        private long epochStep() {
            return j < epochRows.size() && epochs != null ? epochs.stepAt(epochRows.at(j)) : END;
        }
    }

    /// The training loss of any step, whether or not it has a row; null where none was recorded.
    @Nullable
    Double trainingLossAt(long step) {
        return trainingLoss().at(record(recording.loss(), step), NONE);
    }

    /// The validation loss of any step, whether or not it has a row; null where none was recorded.
    @Nullable
    Double validationLossAt(long step) {
        return epochs == null ? null : validationLoss().at(NONE, record(epochs, step));
    }

    /// Whether the run measures a validation loss.
    boolean hasValidation() {
        return recording.validation() != null;
    }

    /// The last step that has a row; 0 where none has.
    long lastStep() {
        long last = 0;
        if (lossRows.size() > 0) {
            last = recording.loss().stepAt(lossRows.at(lossRows.size() - 1));
        }
        if (epochs != null && epochRows.size() > 0) {
            last = Math.max(last, epochs.stepAt(epochRows.at(epochRows.size() - 1)));
        }
        return last;
    }

    String over() {
        return recording.over() == LossOver.BATCH ? "batch" : "dataset";
    }

    /// Whether recorded steps are left out.
    boolean isThinned() {
        return lossRows.thinned() || epochRows.thinned();
    }

    @Override
    public void close() {
        readers.close();
    }

    private static long record(Series series, long step) {
        long index = series.indexFrom(step);
        return series.stepAt(index) == step ? index : NONE;
    }
}
