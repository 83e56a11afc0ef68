package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class JobQueueTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private QueueFixture fixture;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(root, kind);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void emptyQueueGivesNothing() {
        assertThat(fixture.claim(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void higherPriorityGoesFirstThenTheOlderJob() {
        String first = fixture.submit(0, 1);
        String second = fixture.submit(0, 1);
        String urgent = fixture.submit(5, 1);
        String idle = fixture.submit(-1, 1);
        assertThat(List.of(claimed(), claimed(), claimed(), claimed())).containsExactly(urgent, first, second, idle);
    }

    @Test
    void predictedPositionsAreTheOrderOfClaims() {
        var random = new Random(7);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(fixture.submit(random.nextInt(-10, 11), 1));
        }
        Map<String, Integer> positions = fixture.jobs.positions(ids);
        for (int place = 1; place <= ids.size(); place++) {
            assertThat(positions.get(claimed())).isEqualTo(place);
        }
        assertThat(fixture.jobs.positions(ids)).isEmpty();
    }

    @Test
    void jobThatDoesNotFitLetsASmallerOnePass() {
        String large = fixture.submit(0, 1000);
        String small = fixture.submit(0, 10);
        assertThat(fixture.claim(100)).map(Claim::jobId).contains(small);
        assertThat(fixture.claim(100)).isEmpty();
        assertThat(fixture.claim(1000)).map(Claim::jobId).contains(large);
    }

    @Test
    void jobThatIsTooLargeIsPassedTwentyTimesAndThenEverybodyWaits() {
        String large = fixture.submit(0, 1000);
        for (int i = 0; i < 25; i++) {
            fixture.submit(0, 10);
        }
        for (int i = 0; i < JobQueue.MAXIMUM_OVERTAKES; i++) {
            assertThat(fixture.claim(100)).isPresent();
        }
        assertThat(fixture.claim(100)).isEmpty();
        assertThat(fixture.claim(1000)).map(Claim::jobId).contains(large);
        assertThat(fixture.claim(100)).isPresent();
    }

    @Test
    void jobThatNeverFitsThisProcessHoldsUpNobody() {
        fixture.submit(0, 1000);
        String small = fixture.submit(0, 10);
        var room = new Room("small", 100, 100, true);
        assertThat(fixture.queue.claim(room)).map(Claim::jobId).contains(small);
        assertThat(fixture.queue.claim(room)).isEmpty();
    }

    @Test
    void suspectRunsAlone() {
        String suspect = fixture.submit();
        fixture.claim();
        fixture.orphans.recoverAll();
        fixture.claim();
        fixture.orphans.recoverAll();
        String other = fixture.submit();
        var busy = new Room("node", 100, 100, false);
        assertThat(fixture.queue.claim(busy)).map(Claim::jobId).contains(other);
        assertThat(fixture.queue.claim(busy)).isEmpty();
        Claim claim = fixture.claim();
        assertThat(claim.jobId()).isEqualTo(suspect);
        assertThat(fixture.queue.alone(claim)).isTrue();
    }

    @Test
    void twentyJobsThatWereStartedAreWorthOnePriority() {
        String old = fixture.submit(-1, 1);
        for (int i = 0; i < 20; i++) {
            String urgent = fixture.submit(0, 1);
            assertThat(claimed()).isEqualTo(urgent);
        }
        String late = fixture.submit(0, 1);
        assertThat(List.of(claimed(), claimed())).containsExactly(old, late);
    }

    @Test
    void jobThatTheMachineFailedWaitsBeforeItIsTriedAgain() {
        fixture.submit();
        Ending retried = Ending.retried("The disk failed it.", Duration.ofMinutes(1));
        fixture.move(fixture.claim(), JobState.RUNNING, retried);
        assertThat(fixture.claim(1)).isEmpty();
        fixture.age(60_000);
        Claim second = fixture.claim();
        assertThat(second.tries()).isEqualTo(1);
        assertThat(second.crashes()).isZero();
        assertThat(fixture.job(second.jobId()).message()).isNull();
    }

    @Test
    void pausedJobIsPassedOverUntilItIsResumed() {
        String first = fixture.submit();
        String second = fixture.submit();
        fixture.moveWaiting(first, JobState.QUEUED, Ending.PAUSED);
        assertThat(fixture.jobs.positions(List.of(first, second))).isEqualTo(Map.of(second, 1));
        fixture.moveWaiting(first, JobState.PAUSED, Ending.RESUMED);
        assertThat(List.of(claimed(), claimed())).containsExactly(first, second);
    }

    @Test
    void orphanThatWasBeingPausedIsPaused() {
        String id = fixture.submit();
        fixture.move(fixture.claim(), JobState.RUNNING, Ending.PAUSING);
        fixture.orphans.recoverAll();
        assertThat(fixture.state(id)).isEqualTo(JobState.PAUSED);
    }

    @Test
    void leaseThatRanOutIsAnOrphansAndARenewedOneIsNot() {
        String dead = fixture.submit();
        fixture.claim();
        assertThat(fixture.orphans.recoverExpired()).isZero();
        fixture.expire(dead);
        String alive = fixture.submit();
        var elsewhere = new Room("other", 1, 1, true);
        assertThat(fixture.queue.claim(elsewhere)).map(Claim::jobId).contains(alive);
        assertThat(fixture.orphans.recoverExpired()).isEqualTo(1);
        assertThat(fixture.state(dead)).isEqualTo(JobState.QUEUED);
        assertThat(fixture.state(alive)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void jobThatIsCancelledWhileItIsClaimedIsNotClaimed() throws Exception {
        String id = fixture.submit();
        var claimed = new CompletableFuture<Optional<Claim>>();
        fixture.storage.transactions().executeWithoutResult(status -> {
            fixture.transitions.move(id, 0, JobState.QUEUED, Ending.CANCELLED, null);
            Thread other = Thread.ofPlatform().start(() -> claimed.complete(fixture.claim(1)));
            fixture.awaitWaiting(other);
        });
        assertThat(claimed.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(fixture.state(id)).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void claimRaisesTheFenceAndTellsOfIt() {
        String id = fixture.submit();
        Claim claim = fixture.claim();
        assertThat(claim.fence()).isEqualTo(1);
        assertThat(fixture.job(id).startedAt()).isNotNull();
        assertThat(fixture.events.after(id, 0, 10))
                .extracting(JobEvent::sequence, JobEvent::event)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, "state"),
                        org.assertj.core.groups.Tuple.tuple(2L, "state"));
        assertThat(fixture.events.after(id, 1, 10).getFirst().data()).contains("\"RUNNING\"");
    }

    @Test
    void staleAttemptChangesNothing() {
        String id = fixture.submit();
        Claim first = fixture.claim();
        fixture.move(first, JobState.RUNNING, Ending.GIVEN_BACK);
        Claim second = fixture.claim();
        assertThat(second.fence()).isEqualTo(2);
        assertThat(fixture.move(first, JobState.RUNNING, Ending.COMPLETED)).isFalse();
        assertThat(fixture.state(id)).isEqualTo(JobState.RUNNING);
        assertThat(fixture.move(second, JobState.RUNNING, Ending.COMPLETED)).isTrue();
        assertThat(fixture.move(second, JobState.RUNNING, Ending.COMPLETED)).isFalse();
    }

    @Test
    void transitionOutsideTheTableIsADefect() {
        fixture.submit();
        Claim claim = fixture.claim();
        assertThatThrownBy(() -> fixture.move(claim, JobState.QUEUED, Ending.COMPLETED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("QUEUED to SUCCEEDED");
    }

    @Test
    void orphansGoBackToTheirOldPlaceAndRunAgain() {
        String first = fixture.submit();
        String second = fixture.submit();
        fixture.claim();
        assertThat(fixture.orphans.recoverAll()).isEqualTo(1);
        Job job = fixture.job(first);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.crashes()).isEqualTo(1);
        assertThat(claimed()).isEqualTo(first);
        assertThat(claimed()).isEqualTo(second);
    }

    @Test
    void orphanThatWasBeingCancelledIsCancelled() {
        String id = fixture.submit();
        fixture.move(fixture.claim(), JobState.RUNNING, Ending.CANCELLING);
        fixture.orphans.recoverAll();
        assertThat(fixture.state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(fixture.events.after(id, 0, 10))
                .last()
                .extracting(JobEvent::event)
                .isEqualTo("end");
    }

    @Test
    void jobThatKillsItsProcessThreeTimesIsPoison() {
        String id = fixture.submit();
        for (int crash = 1; crash <= 3; crash++) {
            assertThat(fixture.state(id)).isEqualTo(JobState.QUEUED);
            fixture.claim();
            fixture.orphans.recoverAll();
        }
        Job job = fixture.job(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).isEqualTo(Reason.POISON);
        assertThat(job.message()).contains("3 times");
    }

    @Test
    void givingBackIsNoCrash() {
        String id = fixture.submit();
        fixture.move(fixture.claim(), JobState.RUNNING, Ending.GIVEN_BACK);
        assertThat(fixture.job(id).crashes()).isZero();
    }

    @Test
    void eachJobIsClaimedOnceByManyThreads() throws Exception {
        int jobs = 200;
        for (int i = 0; i < jobs; i++) {
            fixture.submit();
        }
        Set<String> claimed = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                counts.add(threads.submit(() -> {
                    int count = 0;
                    for (Optional<Claim> claim = fixture.claim(Long.MAX_VALUE);
                            claim.isPresent();
                            claim = fixture.claim(Long.MAX_VALUE)) {
                        claimed.add(claim.get().jobId());
                        count++;
                    }
                    return count;
                }));
            }
            int sum = 0;
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
            assertThat(sum).isEqualTo(jobs);
        }
        assertThat(claimed).hasSize(jobs);
    }

    private String claimed() {
        return fixture.claim().jobId();
    }
}
