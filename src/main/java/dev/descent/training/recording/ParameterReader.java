package dev.descent.training.recording;

import java.util.stream.IntStream;

/// Reads the records of a [ParameterSeries]; `place` is a layer's place among the recorded ones. Of values norms and
/// histograms are made, the same to the last bit that would have been recorded.
public final class ParameterReader {

    private final ParameterSeries parameters;
    private final RecordReader records;
    private final long[] offsets;

    public ParameterReader(ParameterSeries parameters, RecordReader records) {
        this.parameters = parameters;
        this.records = records;
        this.offsets = IntStream.range(0, parameters.layers().size())
                .mapToLong(parameters::offset)
                .toArray();
    }

    /// The norm of W, or of b, in a series of norms or of values.
    public double norm(long record, int place, boolean biases) {
        if (parameters.what() == What.NORMS) {
            return records.float64(record, offsets[place] + (biases ? Double.BYTES : 0));
        }
        double sum = 0;
        long entries = entries(record, place, biases);
        for (long i = 0; i < entries; i++) {
            double value = entry(record, place, biases, i);
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /// Makes `into` the histogram of W, or of b, in a series of histograms with as many bins, or of values.
    public void histogram(long record, int place, boolean biases, Histogram into) {
        if (parameters.what() == What.HISTOGRAMS) {
            into.read(records, record, offsets[place] + (biases ? Histogram.width(parameters.bins()) : 0));
            return;
        }
        into.clear();
        long entries = entries(record, place, biases);
        for (long i = 0; i < entries; i++) {
            into.see(entry(record, place, biases, i));
        }
        for (long i = 0; i < entries; i++) {
            into.count(entry(record, place, biases, i));
        }
    }

    /// Entry `index` of W in row order, or of b, in a series of values.
    public double entry(long record, int place, boolean biases, long index) {
        LayerShape layer = parameters.layers().get(place);
        long before = biases ? layer.weights() : 0;
        long offset = offsets[place] + (before + index) * parameters.precision().bytes();
        return switch (parameters.precision()) {
            case FLOAT64 -> records.float64(record, offset);
            case FLOAT32 -> records.float32(record, offset);
        };
    }

    /// How many rows W has, or a record's batch, in a series of values.
    public int rows(long record, int place) {
        return parameters.head() > 0
                ? (int) records.float64(record, 0)
                : parameters.layers().get(place).rows();
    }

    private long entries(long record, int place, boolean biases) {
        LayerShape layer = parameters.layers().get(place);
        return biases ? layer.biases() : (long) rows(record, place) * layer.columns();
    }
}
