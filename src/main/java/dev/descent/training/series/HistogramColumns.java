package dev.descent.training.series;

import dev.descent.training.recording.Histogram;
import dev.descent.training.recording.LayerShape;
import dev.descent.training.recording.ParameterReader;
import java.io.IOException;
import java.io.Writer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;

/// Writes the histograms of a [ParameterCurve].
final class HistogramColumns {

    private HistogramColumns() {}

    /// The histograms of one parameter, each of their numbers as a column.
    static void writeJson(ParameterCurve curve, JsonGenerator out, int place, boolean biases) throws IOException {
        var columns = new Columns(curve, out, place, biases, new Histogram(curve.bins()));
        out.writeStartObject();
        columns.write("minimum", Histogram::minimum);
        columns.write("maximum", Histogram::maximum);
        columns.write("mean", Histogram::mean);
        columns.count("zeros", Histogram::zeros);
        columns.count("nonFinite", Histogram::nonFinite);
        out.writeName("counts").writeStartArray();
        columns.visit(histogram -> {
            out.writeStartArray();
            for (int i = 0; i < histogram.bins(); i++) {
                out.writeNumber(histogram.inBin(i));
            }
            out.writeEndArray();
        });
        out.writeEndArray();
        out.writeEndObject();
    }

    private interface Visitor {
        void histogram(Histogram histogram);
    }

    private record Columns(ParameterCurve curve, JsonGenerator out, int place, boolean biases, Histogram histogram) {

        void write(String name, ToDoubleFunction<Histogram> number) throws IOException {
            out.writeName(name).writeStartArray();
            visit(each -> out.writeNumber(number.applyAsDouble(each)));
            out.writeEndArray();
        }

        void count(String name, ToLongFunction<Histogram> number) throws IOException {
            out.writeName(name).writeStartArray();
            visit(each -> out.writeNumber(number.applyAsLong(each)));
            out.writeEndArray();
        }

        void visit(Visitor visitor) throws IOException {
            curve.visit((step, record, from) -> {
                from.histogram(record, place, biases, histogram);
                visitor.histogram(histogram);
            });
        }
    }

    /// A row for each step, layer and parameter.
    static void writeCsv(ParameterCurve curve, Writer out) throws IOException {
        out.write("step,layer,parameter,minimum,maximum,mean,zeros,nonFinite");
        for (int i = 0; i < curve.bins(); i++) {
            out.write(",bin" + i);
        }
        out.write("\n");
        var histogram = new Histogram(curve.bins());
        curve.visit((step, record, from) -> {
            for (int place : curve.places()) {
                LayerShape layer = curve.parameters().layers().get(place);
                String start = step + "," + layer.layer() + ",";
                row(out, start + curve.names().weights(), record, place, false, from, histogram);
                if (layer.bias()) {
                    row(out, start + curve.names().biases(), record, place, true, from, histogram);
                }
            }
        });
    }

    private static void row(
            Writer out, String start, long record, int place, boolean biases, ParameterReader from, Histogram histogram)
            throws IOException {
        from.histogram(record, place, biases, histogram);
        out.write(start + "," + histogram.minimum() + "," + histogram.maximum() + "," + histogram.mean() + ","
                + histogram.zeros() + "," + histogram.nonFinite());
        for (int i = 0; i < histogram.bins(); i++) {
            out.write("," + histogram.inBin(i));
        }
        out.write("\n");
    }
}
