package dev.descent.training.recording;

import java.util.stream.IntStream;

/// Reads the records of a [ParameterSeries]; `place` is a layer's place among the recorded ones.
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

    /// The norm of W, or of b, in a series of norms.
    public double norm(long record, int place, boolean biases) {
        return records.float64(record, offsets[place] + (biases ? Double.BYTES : 0));
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
}
