package dev.descent.training.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.TrainingProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ReplaysTest {

    private static final long LIMIT = 1000;

    private final RunningJobs running = new RunningJobs();
    private final Replays replays = new Replays(
            running,
            new TrainingProperties(
                    1,
                    10,
                    DataSize.ofBytes(LIMIT),
                    DataSize.ofMegabytes(1),
                    10,
                    1,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    3,
                    Duration.ofSeconds(15),
                    Duration.ofMillis(250)));

    private static String untilToldToStop(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            Thread.onSpinWait();
        }
        return null;
    }

    private void requireFree() throws IOException {
        assertThat(running.memoryBytes()).isZero();
        replays.run(LIMIT, goesOn -> "step", () -> {}, step -> assertThat(step).isEqualTo("step"));
    }

    @Test
    void memoryIsLentUntilTheAnswerIsWritten() throws IOException {
        replays.run(
                600,
                goesOn -> "step",
                () -> {},
                step -> assertThat(running.memoryBytes()).isEqualTo(600));
        requireFree();
    }

    @Test
    void replayStopsWhenItsClientLeaves() throws IOException {
        var stopped = new AtomicBoolean();
        assertThatThrownBy(() -> replays.run(
                        600,
                        goesOn -> {
                            String nothing = untilToldToStop(goesOn);
                            stopped.set(true);
                            return nothing;
                        },
                        () -> {
                            throw new IOException("gone");
                        },
                        step -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(stopped).isTrue();
        requireFree();
    }

    @Test
    void oneMoreThanThereMayBeIsRefused() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> {
            try {
                replays.run(
                        10,
                        goesOn -> {
                            begun.countDown();
                            await(end);
                            return "step";
                        },
                        () -> {},
                        step -> {});
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertThatThrownBy(() -> replays.run(10, goesOn -> "step", () -> {}, step -> {}))
                .isInstanceOf(TooManyTraces.class)
                .hasMessageContaining("trace-limit");
        end.countDown();
        first.join();
        requireFree();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatJobsLeaveNoMemoryForIsRefused() throws IOException {
        assertThat(running.lend(500, LIMIT)).isTrue();
        assertThatThrownBy(() -> replays.run(501, goesOn -> "step", () -> {}, step -> {}))
                .isInstanceOf(TooManyTraces.class)
                .hasMessageContaining("memory-limit");
        running.takeBack(500);
        requireFree();
    }

    @Test
    void shutdownStopsReplaysAndLetsNoneBegin() throws IOException {
        assertThatThrownBy(() -> replays.run(
                        10,
                        goesOn -> {
                            replays.close();
                            return untilToldToStop(goesOn);
                        },
                        () -> {},
                        step -> {}))
                .isInstanceOf(ShuttingDown.class);
        assertThatThrownBy(() -> replays.run(10, goesOn -> "step", () -> {}, step -> {}))
                .isInstanceOf(ShuttingDown.class);
        replays.open();
        requireFree();
    }

    @Test
    void whatTheReplayThrowsIsThrown() throws IOException {
        assertThatThrownBy(() -> replays.run(
                        10,
                        goesOn -> {
                            throw NotReplayable.withoutBeginning("job_1");
                        },
                        () -> {},
                        step -> {}))
                .isInstanceOf(NotReplayable.class);
        requireFree();
    }
}
