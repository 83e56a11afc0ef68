package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A wall clock that jumps an hour or a day, stands still or runs backwards changes no order and loses no job.
class ClockJumpsTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long[] JUMPS = {HOUR, -HOUR, DAY, -DAY, 0, -1};

    @TempDir
    Path root;

    private QueueFixture fixture;

    @BeforeEach
    void takeTheClock() {
        fixture = new QueueFixture(root);
        fixture.storage.database().sql("create table hands (now_ms bigint)").update();
        fixture.storage
                .database()
                .sql("insert into hands values (" + 400 * DAY + ")")
                .update();
        fixture.storage.database().sql("drop view clock").update();
        fixture.storage
                .database()
                .sql("create view clock as select now_ms from hands")
                .update();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void jobsAreClaimedInTheOrderOfTheirSubmission() {
        var random = new Random(3);
        for (int round = 0; round < 50; round++) {
            List<String> submitted = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                submitted.add(fixture.submit());
                fixture.submittedNow(submitted.getLast());
                long jump = JUMPS[random.nextInt(JUMPS.length)];
                // What waited longer by the clock is served earlier; that is why only younger ones are set back.
                jump(Math.max(0, jump));
            }
            jump(JUMPS[random.nextInt(JUMPS.length)]);
            List<String> claimed = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                claimed.add(fixture.claim().jobId());
                jump(JUMPS[random.nextInt(JUMPS.length)]);
            }
            assertThat(claimed).isEqualTo(submitted);
        }
    }

    @Test
    void jobThatIsToBeTriedAgainIsWhateverTheClockDoes() {
        for (long jump : JUMPS) {
            fixture.submit();
            fixture.move(fixture.claim(), JobState.RUNNING, Ending.retried("failed", Duration.ofSeconds(96)));
            assertThat(fixture.claim(1)).as("at once").isEmpty();
            jump(jump);
            jump(Duration.ofSeconds(97).toMillis());
            Claim again = fixture.claim();
            assertThat(fixture.move(again, JobState.RUNNING, Ending.COMPLETED)).isTrue();
        }
    }

    @Test
    void leaseThatAJumpEndedMovesTheJobOnceAndItsFormerHolderIsPowerless() {
        String id = fixture.submit();
        Claim first = fixture.claim();
        jump(DAY);
        assertThat(fixture.orphans.recoverExpired()).isEqualTo(1);
        Claim second = fixture.claim();
        jump(-DAY);
        assertThat(fixture.orphans.recoverExpired()).isZero();
        assertThat(fixture.move(first, JobState.RUNNING, Ending.COMPLETED)).isFalse();
        assertThat(fixture.move(second, JobState.RUNNING, Ending.COMPLETED)).isTrue();
        assertThat(fixture.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    private void jump(long millis) {
        fixture.storage
                .database()
                .sql("update hands set now_ms = now_ms + ?")
                .param(millis)
                .update();
    }
}
