package dev.descent.core.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that the next step of a run depends on, besides its data: weights and running statistics, the optimizer's
/// moments and counts, what schedule and early stopping remember, the random state, and the position in the run.
///
/// [Trainer#save] fills it between two steps, in memory of its own. It may be filled again and again: a run of the same
/// shape allocates nothing the second time, so that a run stands still only for a copy. Whoever writes it on another
/// thread hands it over and back as it does with any object.
///
/// ## The file
///
/// All numbers are little-endian.
/// ```
/// "DESCENT" 0x1a   int version
/// int length       header, opaque to the core          int CRC32C of all before
/// int number of sections
/// for each: byte type   byte length, name (ASCII)   int index   int rows   int columns
///           rows x columns numbers, by rows            int CRC32C of the section before it
/// 32 bytes SHA-256 of everything before
/// ```
/// Types are `b` bytes, `i` int, `l` long, `f` float and `d` double. No two sections have the same name and index. What
/// a section means belongs to the version; in version 1:
///
/// | Name | What |
/// |---|---|
/// | `spec.*` | what the spec of the run said, part by part, to be compared with the spec that goes on |
/// | `run.*` | learning rate of the optimizer now and at first, and how often the run began again |
/// | `network.stored` | weights, biases and running statistics in layer order, in the run's precision |
/// | `random.state` | the words of the Mersenne twister, its position, the normal deviate kept |
/// | `batches.*` | of shuffled batches the epoch's order of rows and the place in it; the words of their own stream,
/// where they have one |
/// | `position.*` | updates made, epoch, the sum of the epoch's losses so far, the last learning rate |
/// | `optimizer.*` | moments, history, factors and counts |
/// | `schedule.*` | what reduceOnPlateau remembers |
/// | `earlyStopping.*` | what it compares with, how long nothing happened, the best weights |
///
/// Reading believes no length before it knows that so many bytes are there, and fails with [DamagedCheckpoint] for
/// everything that is not exactly this.
public final class Checkpoint {

    /// The most bytes that a header may have.
    public static final int LARGEST_HEADER = 1 << 20;

    static final String STEPS = "position.steps";

    private final List<Section> sections;
    private final byte[] header;
    private final Capture capture;
    private boolean complete;

    /// Empty, to be filled by [Trainer#save].
    public Checkpoint() {
        this(new byte[0], new ArrayList<>(), false);
    }

    Checkpoint(byte[] header, List<Section> sections, boolean complete) {
        this.header = header;
        this.sections = sections;
        this.complete = complete;
        capture = new Capture(sections);
    }

    /// A walk that fills this checkpoint anew; it is incomplete until [#end].
    Capture begin() {
        complete = false;
        capture.begin();
        return capture;
    }

    void end() {
        capture.end();
        complete = true;
    }

    List<Section> sections() {
        requireComplete();
        return sections;
    }

    @Nullable
    Section section(String name) {
        for (Section section : sections()) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    /// How many updates the run had made.
    public long steps() throws DamagedCheckpoint {
        Section section = section(STEPS);
        if (section == null || !(section.numbers() instanceof Numbers.Longs(long[] values)) || values.length != 1) {
            throw new DamagedCheckpoint("the section " + Section.key(STEPS, 0) + " is missing");
        }
        return values[0];
    }

    /// What the writer put in front; empty of a checkpoint that was not read.
    public byte[] header() {
        return header.clone();
    }

    /// How many bytes [#write] writes, with a header of so many.
    public long bytes(int headerBytes) {
        return CheckpointWriter.bytes(headerBytes, sections());
    }

    /// Writes the file, in pieces; the stream is neither flushed nor closed.
    public void write(byte[] header, OutputStream out) throws IOException {
        CheckpointWriter.write(header, sections(), out);
    }

    /// Reads a file of `length` bytes, and checks that the stream ends with it.
    public static Checkpoint read(InputStream in, long length) throws IOException {
        return new CheckpointReader(in, length).read();
    }

    private void requireComplete() {
        if (!complete) {
            throw new IllegalStateException("nothing was saved in this checkpoint");
        }
    }
}
