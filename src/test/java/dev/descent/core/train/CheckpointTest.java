package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A checkpoint's file: what was written is read, and nothing else is.
class CheckpointTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// `-Dcheckpoint.seed=...` repeats the damages of a run of this test.
    private static final long SEED = Long.getLong("checkpoint.seed", new Random().nextLong());

    private static final int FLIPS = 200;
    private static final int CUTS = 50;

    /// One run of each kind of section.
    static List<ResumableRun> runs() {
        List<ResumableRun> runs = ResumableRun.all().stream()
                .filter(run -> List.of(
                                "reference: line search",
                                "reference: factored curvature",
                                "reference: preconditioned",
                                "reference: every kind of layer, float32")
                        .contains(run.name()))
                .toList();
        List<ResumableRun> watched = ResumableRun.all().stream()
                .filter(run -> run.spec().supervision().stopping()
                                instanceof EarlyStopping.ValidationLoss(long patience, double change, boolean best)
                        && best)
                .limit(2)
                .toList();
        List<ResumableRun> all = new ArrayList<>(runs);
        all.addAll(watched);
        assertThat(all).hasSize(6);
        return all;
    }

    private static byte[] file(ResumableRun run) {
        try (Trainer trainer = Trainer.start(run.spec(), run.data())) {
            return new Trace().interrupt(trainer, 6, 0);
        }
    }

    private static Trainer resume(ResumableRun run, byte[] file) throws IOException {
        return Trainer.resume(run.spec(), run.data(), Trace.read(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void whatWasWrittenIsRead(ResumableRun run) throws IOException {
        byte[] file = file(run);
        Checkpoint checkpoint = Trace.read(file);
        assertThat(checkpoint.header()).containsExactly(4, 2);
        assertThat(checkpoint.steps()).isEqualTo(6);
        assertThat(checkpoint.bytes(2)).isEqualTo(file.length);
        assertThat(Trace.file(checkpoint)).isEqualTo(file);
        try (Trainer trainer = resume(run, file)) {
            trainer.save(checkpoint);
            assertThat(Trace.file(checkpoint)).isEqualTo(file);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aFlippedBitIsNoticedAndNoFalseLengthBelieved(ResumableRun run) throws IOException {
        byte[] file = file(run);
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            int offset = random.nextInt(file.length);
            int bit = random.nextInt(8);
            file[offset] ^= (byte) (1 << bit);
            assertDamaged(file, "bit %d of byte %d flipped (checkpoint.seed=%d)".formatted(bit, offset, SEED));
            file[offset] ^= (byte) (1 << bit);
        }
        resume(run, file).close();
    }

    /// Every bit of the frames, where lengths stand.
    @Test
    void everyBitOfASmallFileCounts() throws IOException {
        byte[] file = write(new byte[3], List.of(new Section("a.b", 7, 2, 3, new Numbers.Floats(new float[6]))));
        for (int i = 0; i < file.length * 8; i++) {
            file[i / 8] ^= (byte) (1 << i % 8);
            assertDamaged(file, "bit " + i);
            file[i / 8] ^= (byte) (1 << i % 8);
        }
        assertThat(Trace.read(file).header()).hasSize(3);
        file[file.length - 32 - 4 - 1] ^= 1; // before the checksum and the SHA-256: the last number's
        assertThatThrownBy(() -> Trace.read(file)).hasMessageStartingWith("section 0 has the checksum ");
        file[file.length - 32 - 4 - 1] ^= 1;
        file[17] ^= 1; // in the header
        assertThatThrownBy(() -> Trace.read(file)).hasMessageStartingWith("its header has the checksum ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aFileThatWasCutOrHasMoreIsNoticed(ResumableRun run) {
        byte[] file = file(run);
        Random random = new Random(SEED);
        for (int i = 0; i < CUTS; i++) {
            int length = i == 0 ? 0 : i == 1 ? file.length - 1 : random.nextInt(file.length);
            String what = "cut at %d of %d (checkpoint.seed=%d)".formatted(length, file.length, SEED);
            assertDamaged(Arrays.copyOf(file, length), what);
            assertThatThrownBy(() -> Checkpoint.read(new ByteArrayInputStream(file, 0, length), file.length))
                    .as(what)
                    .isInstanceOf(DamagedCheckpoint.class);
            assertThatThrownBy(() -> Checkpoint.read(new ByteArrayInputStream(file), length))
                    .as(what)
                    .isInstanceOf(DamagedCheckpoint.class);
        }
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        assertDamaged(longer, "a byte more");
        assertThatThrownBy(() -> Checkpoint.read(new ByteArrayInputStream(longer), file.length))
                .hasMessage("there are bytes after its end");
    }

    private static void assertDamaged(byte[] file, String what) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Throwable thrown = catchThrowable(() -> Trace.read(file));
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(thrown).as(what).isInstanceOf(DamagedCheckpoint.class);
        assertThat(thrown.getMessage()).isNotBlank();
        assertThat(allocated).as(what).isLessThan(4L * file.length + (1 << 20));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aSectionThatIsMissingIsNamed(ResumableRun run) throws IOException {
        List<Section> sections = Trace.read(file(run)).sections();
        assertThat(sections).hasSizeGreaterThan(20);
        for (Section section : sections) {
            byte[] without = write(new byte[0], without(sections, section));
            assertThatThrownBy(() -> resume(run, without))
                    .isInstanceOf(DamagedCheckpoint.class)
                    .hasMessage("the section " + section.key() + " is missing");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aSectionOfAnotherShapeOrNameOrThereTwiceIsNamed(ResumableRun run) throws IOException {
        List<Section> sections = Trace.read(file(run)).sections();
        for (Section section : sections) {
            if (!section.name().startsWith("spec.")) {
                int more = section.rows() * section.columns() + 1;
                char code = section.numbers().code();
                assertDamaged(run, sections, section, one -> with(one, 1, more, code), "has 1 x " + more);
                char other = code == 'd' ? 'f' : 'd';
                assertDamaged(
                        run,
                        sections,
                        section,
                        one -> with(one, one.rows(), one.columns(), other),
                        "numbers of type " + other);
            }
        }
        Section last = sections.getLast();
        List<Section> twice = new ArrayList<>(sections);
        twice.add(last);
        assertThatThrownBy(() -> resume(run, write(new byte[0], twice)))
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessage("the section " + last.key() + " stands there twice");
        List<Section> unknown = new ArrayList<>(sections);
        unknown.add(new Section("optimizer.wisdom", 0, 1, 1, new Numbers.Longs(new long[1])));
        assertThatThrownBy(() -> resume(run, write(new byte[0], unknown)))
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessage("the run has no use for the section optimizer.wisdom/0");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void anIntegerThatCannotBeIsNamed(ResumableRun run) throws IOException {
        List<Section> sections = Trace.read(file(run)).sections();
        int tried = 0;
        for (Section section : sections) {
            switch (section.numbers()) {
                case Numbers.Longs _ ->
                    assertDamaged(
                            run,
                            sections,
                            section,
                            one -> new Section(
                                    one.name(), one.index(), 1, 1, new Numbers.Longs(new long[] {Long.MIN_VALUE})),
                            "holds -9223372036854775808");
                case Numbers.Ints(int[] values) -> {
                    int[] wrong = new int[values.length];
                    Arrays.fill(wrong, -1);
                    String complaint = section.name().equals("random.state") ? "its random state is none" : "holds -1";
                    assertDamaged(
                            run,
                            sections,
                            section,
                            one -> new Section(one.name(), one.index(), 1, wrong.length, new Numbers.Ints(wrong)),
                            complaint);
                }
                case Numbers.Bytes _, Numbers.Floats _, Numbers.Doubles _ -> tried--;
            }
            tried++;
        }
        assertThat(tried).isGreaterThanOrEqualTo(4);
    }

    private static void assertDamaged(
            ResumableRun run, List<Section> sections, Section section, UnaryOperator<Section> damage, String complaint)
            throws IOException {
        List<Section> damaged = new ArrayList<>(sections);
        damaged.replaceAll(one -> one == section ? damage.apply(one) : one);
        byte[] file = write(new byte[0], damaged);
        assertThatThrownBy(() -> resume(run, file))
                .as(section.key())
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessageContaining(complaint);
    }

    private static List<Section> without(List<Section> sections, Section section) {
        return sections.stream().filter(one -> one != section).toList();
    }

    private static Section with(Section one, int rows, int columns, char code) {
        return new Section(one.name(), one.index(), rows, columns, Numbers.create(code, rows * columns));
    }

    private static byte[] write(byte[] header, List<Section> sections) throws IOException {
        var out = new ByteArrayOutputStream();
        CheckpointWriter.write(header, sections, out);
        return out.toByteArray();
    }

    @Test
    void whatIsNoCheckpointIsToldFromOneOfAnotherVersion() throws IOException {
        byte[] file = write(new byte[0], List.of());
        file[8] = 2;
        assertThatThrownBy(() -> Trace.read(file)).hasMessage("it is of version 2; this program reads version 1");
        file[3] = 2;
        assertThatThrownBy(() -> Trace.read(file)).hasMessage("it does not begin as a checkpoint does");
    }

    @Test
    void nothingIsWrittenOfWhatWasNeverSavedOrOnlyInPart() {
        assertThatThrownBy(() -> new Checkpoint().write(new byte[0], new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class);
        Checkpoint begun = new Checkpoint();
        begun.begin().number("a.b", 1);
        assertThatThrownBy(() -> begun.bytes(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRunIsSavedBetweenItsStepsOnly() {
        ResumableRun run = runs().getFirst();
        List<String> refused = new ArrayList<>();
        try (Trainer trainer = Trainer.start(run.spec(), run.data())) {
            trainer.run(new TrainingObserver() {
                private void attempt(String where) {
                    assertThatThrownBy(() -> trainer.save(new Checkpoint())).isInstanceOf(IllegalStateException.class);
                    refused.add(where);
                }

                @Override
                public void onStep(Step step) {
                    if (step.index() == 1) {
                        attempt("step");
                    }
                }

                @Override
                public void onEpoch(Epoch epoch) {
                    if (epoch.index() == 1) {
                        attempt("epoch");
                    }
                }
            });
            assertThatThrownBy(() -> trainer.save(new Checkpoint())).hasMessageContaining("when it is over");
        }
        assertThat(refused).containsExactly("step", "epoch");
    }

    /// The virtual machine allocates a little when it links or compiles code; a hundred copies do not.
    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void savingAgainAllocatesNothing(ResumableRun run) throws IOException {
        Checkpoint checkpoint = new Checkpoint();
        try (Trainer trainer = resume(run, file(run))) {
            trainer.save(checkpoint);
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> allocatedInAHundred(trainer, checkpoint), bytes -> bytes == 0);
        }
    }

    private static long allocatedInAHundred(Trainer trainer, Checkpoint checkpoint) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            trainer.save(checkpoint);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aCheckpointServesOneRunAfterAnother() throws IOException {
        Checkpoint checkpoint = new Checkpoint();
        for (ResumableRun run : runs()) {
            byte[] expected = file(run);
            try (Trainer trainer = resume(run, expected)) {
                trainer.save(checkpoint);
            }
            assertThat(Trace.file(checkpoint)).isEqualTo(expected);
        }
    }
}
