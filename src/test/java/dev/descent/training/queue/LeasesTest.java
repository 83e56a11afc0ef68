package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import dev.descent.training.queue.RunningJob.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

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
    private long asked;

    @BeforeEach
    void claim() {
        fixture = new QueueFixture(root, kind);
        running = new RunningJobs();
        TransactionTemplate transactions = fixture.storage.transactions();
        leases = new Leases(
                fixture.storage.database(),
                running,
                new TransactionOperations() {
                    @Override
                    public <T> @Nullable T execute(TransactionCallback<T> action) {
                        asked = System.nanoTime();
                        return transactions.execute(action);
                    }
                },
                QueueFixture.PROPERTIES);
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
        job.tick(asked + leases.trusted());
        assertThat(job.stopWanted()).isEqualTo(Stop.LOST);
    }

    @Test
    void lastThirdOfALeaseIsNotTrusted() {
        assertThat(QueueFixture.PROPERTIES.lease()).hasSeconds(30);
        assertThat(Duration.ofNanos(leases.trusted())).hasSeconds(20);
    }

    @Test
    void leaseOfTheNextAttemptIsNotRenewedByTheOneBefore() {
        fixture.expire(id());
        fixture.orphans.recoverExpired();
        fixture.claim();
        fixture.expire(id());
        leases.renew();
        assertThat(job.stopWanted()).isEqualTo(Stop.LOST);
        assertThat(fixture.orphans.recoverExpired()).isEqualTo(1);
    }

    /// Its process renews the lease of a job while another looks for leases that have run out.
    @Test
    void leaseThatIsRenewedInTheLastMomentStays() throws Exception {
        fixture.expire(id());
        var recovered = new CompletableFuture<Integer>();
        fixture.storage.transactions().executeWithoutResult(status -> {
            leases.renew();
            Thread other = Thread.ofPlatform().start(() -> recovered.complete(fixture.orphans.recoverExpired()));
            fixture.awaitWaiting(other);
        });
        assertThat(recovered.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(fixture.state(id())).isEqualTo(JobState.RUNNING);
        assertThat(fixture.job(id()).crashes()).isZero();
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
