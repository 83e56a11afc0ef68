package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobQueueTest {

    @TempDir
    Path root;

    private QueueFixture fixture;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(root);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void emptyQueueGivesNothing() {
        assertThat(fixture.queue.claim("node", QueueFixture.PLENTY)).isEmpty();
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
        assertThat(fixture.queue.claim("node", 100)).map(Claim::jobId).contains(small);
        assertThat(fixture.queue.claim("node", 100)).isEmpty();
        assertThat(fixture.queue.claim("node", 1000)).map(Claim::jobId).contains(large);
    }

    @Test
    void claimRaisesTheFenceAndTellsOfIt() {
        String id = fixture.submit();
        Claim claim = fixture.claim();
        assertThat(claim.fence()).isEqualTo(1);
        assertThat(fixture.jobs.get(id).startedAt()).isNotNull();
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
        assertThat(fixture.queue.recover(3)).isEqualTo(1);
        Job job = fixture.jobs.get(first);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.crashes()).isEqualTo(1);
        assertThat(job.startedAt()).isNull();
        assertThat(claimed()).isEqualTo(first);
        assertThat(claimed()).isEqualTo(second);
    }

    @Test
    void orphanThatWasBeingCancelledIsCancelled() {
        String id = fixture.submit();
        fixture.move(fixture.claim(), JobState.RUNNING, Ending.CANCELLING);
        fixture.queue.recover(3);
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
            fixture.queue.recover(3);
        }
        Job job = fixture.jobs.get(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).isEqualTo(Reason.POISON);
        assertThat(job.message()).contains("3 times");
    }

    @Test
    void givingBackIsNoCrash() {
        String id = fixture.submit();
        fixture.move(fixture.claim(), JobState.RUNNING, Ending.GIVEN_BACK);
        assertThat(fixture.jobs.get(id).crashes()).isZero();
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
                    for (Optional<Claim> claim = fixture.queue.claim("node", QueueFixture.PLENTY);
                            claim.isPresent();
                            claim = fixture.queue.claim("node", QueueFixture.PLENTY)) {
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
