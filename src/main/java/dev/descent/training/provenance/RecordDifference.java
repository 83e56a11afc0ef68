package dev.descent.training.provenance;

import dev.descent.core.linalg.Precision;
import dev.descent.training.provenance.Verification.VerificationDifference;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.ParameterSeries;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Series;
import dev.descent.training.recording.What;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Says what stands in two recordings of one kind where they part.
///
/// @param run the precision of the runs
record RecordDifference(Recording recording, Precision run, Kind kind, Path expected, Path found) {

    private static final String END = "the end";

    /// @param place of the first byte that differs
    VerificationDifference at(long place) throws IOException {
        Series series = recording.series().get(kind);
        return new VerificationDifference(
                CompareRuns.name(kind),
                series == null ? null : series.stepAt(place / series.width()),
                number(expected, place),
                number(found, place));
    }

    private String number(Path file, long place) throws IOException {
        Precision precision = precision();
        ByteBuffer bytes = ByteBuffer.allocate(precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (var channel = FileChannel.open(file)) {
            channel.read(bytes, place / precision.bytes() * precision.bytes());
        }
        if (bytes.hasRemaining()) {
            return END;
        }
        bytes.flip();
        return switch (precision) {
            case FLOAT64 -> Double.toString(bytes.getDouble());
            case FLOAT32 -> Float.toString(bytes.getFloat());
        };
    }

    private Precision precision() {
        return switch (kind) {
            case LOSS, VALIDATION, LEARNING_RATE, METRICS -> Precision.FLOAT64;
            case LAST_WEIGHTS -> run;
            case GRADIENTS -> precision(recording.gradients());
            case WEIGHTS -> precision(recording.weights());
            case ACTIVATIONS -> precision(recording.activations());
        };
    }

    private Precision precision(@Nullable ParameterSeries series) {
        return series != null && series.what() == What.VALUES ? run : Precision.FLOAT64;
    }
}
