package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run that was killed and goes on from a file shows the same bits as one that nothing happened to: every loss, rate
/// and gradient, every epoch, the outcome and the last weights.
class ResumeTest {

    /// `-Dresume.seed=...` repeats the interruptions of a run of this test.
    private static final long SEED = Long.getLong("resume.seed", new Random().nextLong());

    private static final int[] THREADS = {1, 2, 4};

    static List<ResumableRun> runs() {
        return ResumableRun.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void interruptedAgainAndAgainItHasTheSameBits(ResumableRun run) throws IOException {
        Trace.Result undisturbed = run.undisturbed();
        long updates = updates(undisturbed);
        Random random = random(run);
        for (int trial = 0; trial < 2; trial++) {
            long[] at = LongStream.concat(random.longs(4, 1, updates), LongStream.of(updates - 1))
                    .sorted()
                    .distinct()
                    .toArray();
            assertThat(interrupted(run, at, updates, random))
                    .as("%s, interrupted after %s updates (resume.seed=%d)", run.name(), Arrays.toString(at), SEED)
                    .isEqualTo(undisturbed);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aCheckpointAfterTheLastUpdateLeavesOnlyTheEnd(ResumableRun run) throws IOException {
        Trace.Result undisturbed = run.undisturbed();
        long updates = updates(undisturbed);
        assertThat(interrupted(run, new long[] {updates}, updates, random(run))).isEqualTo(undisturbed);
    }

    private static Random random(ResumableRun run) {
        return new Random(SEED ^ run.name().hashCode());
    }

    private static long updates(Trace.Result result) {
        return result.seen().stream().filter(line -> line.endsWith("made")).count();
    }

    /// Each part begins from a file, in buffers of its own, with other threads.
    private static Trace.Result interrupted(ResumableRun run, long[] at, long updates, Random random)
            throws IOException {
        Trace trace = new Trace();
        byte[] file = null;
        for (long saveAt : at) {
            try (Trainer trainer = trainer(run, file, random)) {
                file = trace.interrupt(trainer, saveAt, random.nextLong(Math.min(10, updates - saveAt) + 1));
            }
        }
        try (Trainer trainer = trainer(run, file, random)) {
            return trace.run(trainer);
        }
    }

    private static Trainer trainer(ResumableRun run, byte[] file, Random random) throws IOException {
        TrainingSpec spec = run.spec(THREADS[random.nextInt(THREADS.length)]);
        return file == null ? Trainer.start(spec, run.data()) : Trainer.resume(spec, run.data(), Trace.read(file));
    }

    @Test
    void savedWithVectorsItGoesOnWithoutThem(@TempDir Path folder) throws Exception {
        assertThat(Vectors.AVAILABLE).as("the tests run with vectors").isTrue();
        Map<String, String> expected = new HashMap<>();
        List<ResumableRun> runs = runs();
        for (int i = 0; i < runs.size(); i++) {
            ResumableRun run = runs.get(i);
            Trace.Result undisturbed = run.undisturbed();
            expected.put(String.valueOf(i), undisturbed.digest() + " " + undisturbed.outcome());
            long saveAt = random(run).nextLong(1, updates(undisturbed));
            try (Trainer trainer = Trainer.start(run.spec(), run.data())) {
                Files.write(folder.resolve(String.valueOf(i)), new Trace().interrupt(trainer, saveAt, 0));
            }
        }
        Path printed = folder.resolve("printed");
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumeTest.class.getName(),
                        folder.toString())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(jvm.waitFor()).isZero();
        Map<String, String> found = new HashMap<>();
        Files.readAllLines(printed).forEach(line -> found.put(line.split("\t")[0], line.split("\t")[1]));
        assertThat(found).as("resume.seed=%d", SEED).isEqualTo(expected);
    }

    /// Goes on with all runs saved in the folder: for a JVM without vectors.
    static void main(String[] arguments) throws IOException {
        if (Vectors.AVAILABLE) {
            throw new IllegalStateException("this JVM was to have no vectors");
        }
        List<ResumableRun> runs = runs();
        for (int i = 0; i < runs.size(); i++) {
            ResumableRun run = runs.get(i);
            byte[] file = Files.readAllBytes(Path.of(arguments[0], String.valueOf(i)));
            try (Trainer trainer = Trainer.resume(run.spec(), run.data(), Trace.read(file))) {
                Trace.Result result = new Trace().run(trainer);
                System.out.println(i + "\t" + result.digest() + " " + result.outcome());
            }
        }
    }
}
