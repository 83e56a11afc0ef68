package dev.descent.training.series;

import dev.descent.training.queue.NonFinite;
import dev.descent.training.recording.LayerShape;
import dev.descent.training.recording.ParameterReader;
import dev.descent.training.recording.ParameterSeries;
import dev.descent.training.recording.What;
import dev.descent.training.series.StepRange.Selection;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The recorded gradients, weights or activations of a job: written out layer by layer without being held.
///
/// @param names what the columns of W and of b are called
/// @param what is written, which of recorded values may be less
/// @param bins of histograms
/// @param places the wanted layers' places among the recorded ones
/// @param reader null while nothing is recorded; then `rows` is empty
record ParameterCurve(
        Names names,
        What what,
        int bins,
        ParameterSeries parameters,
        List<Integer> places,
        @Nullable ParameterReader reader,
        Selection rows) {

    /// @param biases null where there are none
    record Names(String weights, @Nullable String biases) {}

    /// Takes the records, in order.
    interface RecordVisitor {
        void record(long step, long record, ParameterReader reader) throws IOException;
    }

    void writeJson(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringProperty("what", what.wireName());
        if (what == What.HISTOGRAMS) {
            out.writeNumberProperty("bins", bins);
        }
        out.writeNumberProperty("every", parameters.series().every());
        out.writeName("steps").writeStartArray();
        visit((step, record, from) -> out.writeNumber(step));
        out.writeEndArray();
        out.writeName("layers").writeStartArray();
        for (int place : places) {
            LayerShape layer = parameters.layers().get(place);
            out.writeStartObject();
            out.writeNumberProperty("layer", layer.layer());
            out.writeName(names.weights());
            write(out, place, false);
            if (names.biases() != null) {
                out.writeName(names.biases());
                if (layer.bias()) {
                    write(out, place, true);
                } else {
                    out.writeNull();
                }
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeBooleanProperty("sampled", rows.thinned());
        out.writeName("nonFinite").writeStartArray();
        explain(out);
        out.writeEndArray();
        out.writeEndObject();
    }

    /// Norms are a row for each step and layer, values a row for each entry, histograms one for each parameter.
    void writeCsv(Writer out) throws IOException {
        switch (what) {
            case HISTOGRAMS -> HistogramColumns.writeCsv(this, out);
            case NORMS -> {
                out.write(
                        "step,layer," + names.weights() + (names.biases() == null ? "" : "," + names.biases()) + "\n");
                visit((step, record, from) -> {
                    for (int place : places) {
                        LayerShape layer = parameters.layers().get(place);
                        String biases = layer.bias() ? Double.toString(from.norm(record, place, true)) : "";
                        out.write(step + "," + layer.layer() + "," + from.norm(record, place, false)
                                + (names.biases() == null ? "" : "," + biases) + "\n");
                    }
                });
            }
            case VALUES -> {
                out.write("step,layer,parameter,row,column,value\n");
                visit((step, record, from) -> {
                    for (int place : places) {
                        writeValues(out, step, record, from, place);
                    }
                });
            }
        }
    }

    private void writeValues(Writer out, long step, long record, ParameterReader from, int place) throws IOException {
        LayerShape layer = parameters.layers().get(place);
        String start = step + "," + layer.layer() + ",";
        long entries = (long) from.rows(record, place) * layer.columns();
        for (long i = 0; i < entries; i++) {
            out.write(start + names.weights() + "," + i / layer.columns() + "," + i % layer.columns() + ","
                    + from.entry(record, place, false, i) + "\n");
        }
        for (int i = 0; i < layer.biases(); i++) {
            out.write(start + names.biases() + ",0," + i + "," + from.entry(record, place, true, i) + "\n");
        }
    }

    private void write(JsonGenerator out, int place, boolean biases) throws IOException {
        if (what == What.HISTOGRAMS) {
            HistogramColumns.writeJson(this, out, place, biases);
            return;
        }
        LayerShape layer = parameters.layers().get(place);
        out.writeStartArray();
        visit((step, record, from) -> {
            if (what == What.NORMS) {
                out.writeNumber(from.norm(record, place, biases));
            } else if (biases) {
                writeRow(out, from, record, place, true, 0, layer.biases());
            } else {
                out.writeStartArray();
                for (long row = 0; row < from.rows(record, place); row++) {
                    writeRow(out, from, record, place, false, row * layer.columns(), layer.columns());
                }
                out.writeEndArray();
            }
        });
        out.writeEndArray();
    }

    private static void writeRow(
            JsonGenerator out, ParameterReader from, long record, int place, boolean biases, long start, int count) {
        out.writeStartArray();
        for (int i = 0; i < count; i++) {
            out.writeNumber(from.entry(record, place, biases, start + i));
        }
        out.writeEndArray();
    }

    /// One entry for each step, layer and parameter with a number that JSON has no word for: the first of them.
    private void explain(JsonGenerator out) throws IOException {
        visit((step, record, from) -> {
            for (int place : places) {
                explain(out, step, record, from, place, false);
                if (parameters.layers().get(place).bias()) {
                    explain(out, step, record, from, place, true);
                }
            }
        });
    }

    private void explain(JsonGenerator out, long step, long record, ParameterReader from, int place, boolean biases) {
        LayerShape layer = parameters.layers().get(place);
        if (what == What.HISTOGRAMS) {
            return; // they count what is not finite
        }
        long weights = (long) from.rows(record, place) * layer.columns();
        long entries = what == What.NORMS ? 1 : biases ? layer.biases() : weights;
        for (long i = 0; i < entries; i++) {
            double value = what == What.NORMS ? from.norm(record, place, biases) : from.entry(record, place, biases, i);
            String reason = NonFinite.reason(value);
            if (reason != null) {
                String name = biases ? names.biases() : names.weights();
                NonFinite.write(out, step, "layers/" + places.indexOf(place) + "/" + name, reason);
                return;
            }
        }
    }

    void visit(RecordVisitor visitor) throws IOException {
        for (long k = 0; reader != null && k < rows.size(); k++) {
            long record = rows.at(k);
            visitor.record(parameters.series().stepAt(record), record, reader);
        }
    }
}
