package dev.descent.training.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/// The part of a job's recording that a fork of it begins with.
public final class ForkedRecording {

    private ForkedRecording() {}

    /// Copies into `directory`, which must not exist yet, what there was of each file at its mark, and returns
    /// when that is durable. A fork may record the learning rate where its parent, for which it was
    /// `learningRate` all the time, did not.
    ///
    /// Throws `IOException` where a file does not hold what it held when the marks were made.
    public static Map<Kind, Mark> copy(
            Recording fork, Path directory, Map<Kind, Mark> marks, Function<Kind, Path> sources, double learningRate)
            throws IOException {
        Files.createDirectory(directory);
        Map<Kind, Mark> copied = new EnumMap<>(Kind.class);
        for (Map.Entry<Kind, Series> series : fork.series().entrySet()) {
            Kind kind = series.getKey();
            Path file = directory.resolve(kind.fileName());
            long width = series.getValue().width();
            Mark mark = marks.get(kind);
            try (RecordFile recorded = mark == null
                    ? constant(file, width, learningRate, steps(marks))
                    : RecordFile.resume(file, width, sources.apply(kind), mark)) {
                recorded.force();
                copied.put(kind, recorded.mark());
            }
        }
        force(directory);
        return copied;
    }

    private static long steps(Map<Kind, Mark> marks) throws IOException {
        Mark losses = marks.get(Kind.LOSS);
        if (losses == null) {
            throw new IOException("nothing is known of what was recorded as loss");
        }
        return losses.bytes() / Double.BYTES;
    }

    private static RecordFile constant(Path file, long width, double value, long count) throws IOException {
        var recorded = new RecordFile(file, width);
        for (long i = 0; i < count; i++) {
            recorded.put(value);
        }
        recorded.flush();
        return recorded;
    }

    private static void force(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
