package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import dev.descent.training.queue.RunningJob.Stop;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class LeasesTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private QueueFixture fixture;
    private RunningJobs running;
    private Leases leases;
    private RunningJob job;

    @BeforeEach
    void claim() {
        fixture = new QueueFixture(root, kind);
        running = new RunningJobs();
        leases = new Leases(
                fixture.storage.database(), running, fixture.storage.transactions(), QueueFixture.PROPERTIES);
        fixture.submit();
        job = new RunningJob(fixture.claim(), 0);
        running.add(job);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void renewedLeaseDoesNotRunOut() {
        fixture.expire(id());
        leases.renew();
        assertThat(fixture.orphans.recoverExpired()).isZero();
        assertThat(job.stopWanted()).isNull();
    }

    @Test
    void leaseIsTrustedFromBeforeItWasAskedFor() {
        long before = System.nanoTime();
        leases.renew();
        job.tick(before + leases.trusted() - 1);
        assertThat(job.stopWanted()).isNull();
        job.tick(System.nanoTime() + leases.trusted());
        assertThat(job.stopWanted()).isEqualTo(Stop.LOST);
    }

    @Test
    void jobThatAnotherProcessHasTakenIsLost() {
        fixture.expire(id());
        fixture.orphans.recoverExpired();
        leases.renew();
        assertThat(job.stopWanted()).isEqualTo(Stop.LOST);
        Claim next = fixture.claim();
        assertThat(fixture.move(job.claim(), JobState.RUNNING, Ending.COMPLETED))
                .isFalse();
        assertThat(fixture.move(next, JobState.RUNNING, Ending.COMPLETED)).isTrue();
    }

    @Test
    void wishesOfOtherProcessesAreHeard() {
        leases.listen();
        assertThat(job.stopWanted()).isNull();
        fixture.move(job.claim(), JobState.RUNNING, Ending.PAUSING);
        leases.listen();
        assertThat(job.stopWanted()).isEqualTo(Stop.PAUSE);
        fixture.move(job.claim(), JobState.PAUSING, Ending.CANCELLING);
        leases.listen();
        assertThat(job.stopWanted()).isEqualTo(Stop.CANCEL);
    }

    private String id() {
        return job.claim().jobId();
    }
}
