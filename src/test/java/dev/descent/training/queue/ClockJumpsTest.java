package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A wall clock that jumps an hour or a day, stands still or runs backwards changes no order and loses no job.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ClockJumpsTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long[] JUMPS = {HOUR, -HOUR, DAY, -DAY, 0, -1};

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private QueueFixture fixture;

    @BeforeEach
    void takeTheClock() {
        fixture = new QueueFixture(root, kind);
        fixture.takeTheClock(400 * DAY);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /// Some have waited while others were started, and gained priority by it.
    @Test
    void jobsAreClaimedInTheOrderOfAClockThatStandsStill() {
        List<Integer> undisturbed = claimed(new Random(3), 0);
        try (var other = new QueueFixture(root.resolve("other"), kind)) {
            other.takeTheClock(400 * DAY);
            fixture.close();
            fixture = other;
            assertThat(claimed(new Random(3), 1)).isEqualTo(undisturbed);
        }
    }

    /// The numbers of the jobs in the order in which they are claimed while others are submitted.
    private List<Integer> claimed(Random random, long jumps) {
        List<String> submitted = new ArrayList<>();
        List<Integer> claimed = new ArrayList<>();
        while (claimed.size() < 80) {
            if (submitted.size() < 80 && (submitted.size() == claimed.size() || random.nextInt(3) > 0)) {
                submitted.add(fixture.submit(random.nextInt(-2, 3), 1));
                fixture.submittedNow(submitted.getLast());
            } else {
                claimed.add(submitted.indexOf(fixture.claim().jobId()));
            }
            fixture.turn(jumps * JUMPS[random.nextInt(JUMPS.length)]);
        }
        return claimed;
    }

    @Test
    void jobThatIsToBeTriedAgainIsWhateverTheClockDoes() {
        for (long turn : JUMPS) {
            fixture.submit();
            fixture.move(fixture.claim(), JobState.RUNNING, Ending.retried("failed", Duration.ofSeconds(96)));
            assertThat(fixture.claim(1)).as("at once").isEmpty();
            fixture.turn(turn);
            fixture.turn(Duration.ofSeconds(97).toMillis());
            Claim again = fixture.claim();
            assertThat(fixture.move(again, JobState.RUNNING, Ending.COMPLETED)).isTrue();
        }
    }

    @Test
    void leaseThatAJumpEndedMovesTheJobOnceAndItsFormerHolderIsPowerless() {
        String id = fixture.submit();
        Claim first = fixture.claim();
        fixture.turn(DAY);
        assertThat(fixture.orphans.recoverExpired()).isEqualTo(1);
        Claim second = fixture.claim();
        fixture.turn(-DAY);
        assertThat(fixture.orphans.recoverExpired()).isZero();
        assertThat(fixture.move(first, JobState.RUNNING, Ending.COMPLETED)).isFalse();
        assertThat(fixture.move(second, JobState.RUNNING, Ending.COMPLETED)).isTrue();
        assertThat(fixture.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    /// While one process looks for leases that have run out, the job goes to the next attempt, whose lease ends at the
    /// same time by a clock that has been put back.
    @Test
    void nextAttemptIsNotTakenForTheOneWhoseLeaseRanOut() throws Exception {
        String id = fixture.submit();
        Claim first = fixture.claim();
        long lease = QueueFixture.PROPERTIES.lease().toMillis();
        fixture.turn(lease + 1);
        var recovered = new CompletableFuture<Integer>();
        fixture.storage.transactions().executeWithoutResult(status -> {
            fixture.move(first, JobState.RUNNING, Ending.GIVEN_BACK);
            Thread other = Thread.ofPlatform().start(() -> recovered.complete(fixture.orphans.recoverExpired()));
            fixture.awaitWaiting(other);
            fixture.turn(-lease - 1);
            fixture.claim();
        });
        assertThat(recovered.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(fixture.state(id)).isEqualTo(JobState.RUNNING);
        assertThat(fixture.job(id).crashes()).isZero();
    }
}
