package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.training.queue.RunningJob.Stop;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningJobTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Progress START = Progress.start(new Progress.Length(10, 10, 1));

    private final RunningJob job = new RunningJob(new Claim("job_1", "default", 1, 0, 0, 0, "{}", null), -5 * SECOND);

    @Test
    void runIsToldToStopWhenItsTimeIsUp() {
        job.begin(START, 0, 3L);
        job.tick(-3 * SECOND);
        assertThat(job.stopWanted()).isNull();
        assertThat(job.seconds()).isEqualTo(2);
        job.tick(-2 * SECOND);
        assertThat(job.stopWanted()).isEqualTo(Stop.TIME_LIMIT);
    }

    @Test
    void runWithoutALimitGoesOn() {
        job.begin(START, 0, null);
        job.tick(Long.MAX_VALUE / 2);
        assertThat(job.stopWanted()).isNull();
    }

    @Test
    void strongerReasonOutdoesTheWeaker() {
        for (Stop reason : Stop.values()) {
            job.stop(reason);
            job.stop(Stop.DRAIN);
            assertThat(job.stopWanted()).isEqualTo(reason);
        }
    }

    @Test
    void jobWhoseLeaseIsNotRenewedInTimeIsLost() {
        job.held(3 * SECOND);
        job.tick(3 * SECOND - 1);
        assertThat(job.stopWanted()).isNull();
        job.held(5 * SECOND);
        job.tick(5 * SECOND - 1);
        assertThat(job.stopWanted()).isNull();
        job.tick(5 * SECOND);
        assertThat(job.stopWanted()).isEqualTo(Stop.LOST);
    }

    @Test
    void everyTickAndEveryWishWantsAttentionOnce() {
        assertThat(job.attentionWanted()).isFalse();
        job.tick(0);
        assertThat(job.attentionWanted()).isTrue();
        job.attend();
        assertThat(job.attentionWanted()).isFalse();
        job.stop(Stop.DRAIN);
        assertThat(job.attentionWanted()).isTrue();
    }

    @Test
    void epochIsToBeStoredOnceASecond() {
        var first = new EpochReached(1, 10, 1, 0.5, null, 0.1, Map.of(), null, 0);
        assertThat(job.unstoredEpoch()).isNull();
        job.show(first);
        assertThat(job.storeDue(-5 * SECOND + 1, SECOND)).isFalse();
        assertThat(job.storeDue(-4 * SECOND, SECOND)).isTrue();
        job.stored(first, -4 * SECOND);
        assertThat(job.unstoredEpoch()).isNull();
        job.show(new EpochReached(2, 10, 2, 0.4, null, 0.1, Map.of(), null, 0));
        assertThat(job.unstoredEpoch()).isNotNull();
        assertThat(job.storeDue(-3 * SECOND - 1, SECOND)).isFalse();
    }

    @Test
    void progressTellsSpeedAndWhatIsLeft() {
        Progress progress = Progress.of(new Progress.Length(100, 25, 20), 40, 11, Double.NaN, 2);
        assertThat(progress.fraction()).isEqualTo(0.4);
        assertThat(progress.rowsPerSecond()).isEqualTo(400);
        assertThat(progress.remainingSeconds()).isEqualTo(3);
        assertThat(progress.loss()).isNull();
        assertThat(progress.lossReason()).isEqualTo("NaN");
    }
}
