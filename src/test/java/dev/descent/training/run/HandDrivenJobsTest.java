package dev.descent.training.run;

import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.descent.Client.Answer;
import dev.descent.fault.NotStored;
import dev.descent.storage.Blobs;
import dev.descent.storage.Disk;
import dev.descent.tenant.Tenant;
import dev.descent.training.JobClient;
import dev.descent.training.TrainingLifecycle;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobQueue;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Reason;
import dev.descent.training.queue.Room;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.Transitions;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Jobs that no worker takes: each step of their lives is taken by hand, in the order that is to be proved.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "descent.training.workers=1")
class HandDrivenJobsTest {

    private static final Room PLENTY = new Room("node", Long.MAX_VALUE, Long.MAX_VALUE, true);

    private final JobClient client;
    private final JobQueue queue;
    private final Jobs jobs;
    private final FinishJob finish;
    private final Recordings recordings;
    private final Transitions transitions;
    private final TransactionTemplate transaction;
    private final Blobs blobs;
    private final Disk disk;
    private final TrainingLifecycle lifecycle;
    private final Workers workers;
    private final TrainNetwork trainNetwork;
    private final JdbcClient database;

    @Autowired
    HandDrivenJobsTest(
            @LocalServerPort int port,
            JobQueue queue,
            Jobs jobs,
            FinishJob finish,
            Recordings recordings,
            Transitions transitions,
            TransactionTemplate transaction,
            Blobs blobs,
            Disk disk,
            TrainingLifecycle lifecycle,
            Workers workers,
            TrainNetwork trainNetwork,
            JdbcClient database) {
        this.client = new JobClient(port);
        this.queue = queue;
        this.jobs = jobs;
        this.finish = finish;
        this.recordings = recordings;
        this.transitions = transitions;
        this.transaction = transaction;
        this.blobs = blobs;
        this.disk = disk;
        this.lifecycle = lifecycle;
        this.workers = workers;
        this.trainNetwork = trainNetwork;
        this.database = database;
    }

    @BeforeEach
    void sendTheWorkersAway() {
        workers.stop();
    }

    @AfterEach
    void endAll() {
        workers.stop();
        for (Optional<Claim> claim = queue.claim(PLENTY); claim.isPresent(); claim = queue.claim(PLENTY)) {
            execute(claim.get(), (job, directory) -> Result.of(Ending.failed(Reason.INTERNAL, "left over")));
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("a defect"), Reason.INTERNAL),
                Arguments.of(new StackOverflowError(), Reason.INTERNAL));
    }

    static Stream<Throwable> failuresOfTheMachine() {
        return Stream.of(new IOException("Is a directory"), new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheMachine")
    void jobThatTheMachineFailsIsTriedAgainAndAtLastFails(Throwable failure) {
        Claim claim = claimOf(submit());
        for (int tries = 0; tries < 5; tries++) {
            execute(claim, (job, directory) -> {
                throw sneaked(failure);
            });
            Job waiting = jobs.get(Tenant.DEFAULT, claim.jobId());
            assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
            assertThat(waiting.reason()).isEqualTo(Reason.INFRASTRUCTURE);
            assertThat(waiting.message()).contains("tried again");
            assertThat(queue.claim(PLENTY)).isEmpty();
            database.sql("update job set run_after = 0").update();
            claim = claimOf(claim.jobId());
            assertThat(claim.tries()).isEqualTo(tries + 1);
        }
        execute(claim, (job, directory) -> {
            throw sneaked(failure);
        });
        Job job = jobs.get(Tenant.DEFAULT, claim.jobId());
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).isEqualTo(Reason.INFRASTRUCTURE);
        assertThat(job.message()).contains("6 times");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void attemptThatThrowsFailsItsJob(Throwable failure, Reason reason) {
        Claim claim = claimOf(submit());
        execute(claim, (job, directory) -> {
            throw sneaked(failure);
        });
        Job job = jobs.get(Tenant.DEFAULT, claim.jobId());
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).isEqualTo(reason);
        assertThat(job.message()).isNotBlank();
    }

    @Test
    void staleAttemptLeavesNothing() {
        Claim stale = claimOf(submit());
        transaction.executeWithoutResult(
                status -> transitions.move(stale.jobId(), stale.fence(), JobState.RUNNING, Ending.GIVEN_BACK, null));
        Claim current = claimOf(stale.jobId());
        execute(stale, HandDrivenJobsTest::recordALoss);
        assertThat(jobs.get(Tenant.DEFAULT, stale.jobId()).state()).isEqualTo(JobState.RUNNING);
        assertThat(recordings.file(stale.jobId(), Kind.LOSS)).isEmpty();
        execute(current, HandDrivenJobsTest::recordALoss);
        assertThat(jobs.get(Tenant.DEFAULT, stale.jobId()).state()).isEqualTo(JobState.FAILED);
        assertThat(recordings.file(stale.jobId(), Kind.LOSS)).isPresent();
    }

    @Test
    void cancellationThatWasAcceptedWinsOverAnyEnd() {
        for (Ending ending : List.of(Ending.COMPLETED, Ending.GIVEN_BACK, Ending.failed(Reason.DIVERGED, "diverged"))) {
            Claim claim = claimOf(submit());
            assertThat(client.cancel(claim.jobId()).json().get("state").stringValue())
                    .isEqualTo("CANCELLING");
            execute(claim, (job, directory) -> Result.of(ending));
            Job job = jobs.get(Tenant.DEFAULT, claim.jobId());
            assertThat(job.state()).isEqualTo(JobState.CANCELLED);
            assertThat(job.reason()).isEqualTo(Reason.USER);
        }
    }

    @Test
    void recordingsAreFreedWithTheirJob() {
        Claim claim = claimOf(submit());
        execute(claim, HandDrivenJobsTest::recordALoss);
        Path file = recordings.file(claim.jobId(), Kind.LOSS).orElseThrow();
        assertThat(file).exists();
        assertThat(recordings.directory(claim.jobId(), claim.fence())).doesNotExist();
        client.http.delete(JobClient.JOBS + "/" + claim.jobId());
        assertThat(file).doesNotExist();
        assertThat(blobs.exists(file.getFileName().toString())).isFalse();
    }

    @Test
    void endingThatCannotBeStoredIsTriedAgain() {
        Claim claim = claimOf(submit());
        FinishJob full = mock(FinishJob.class);
        when(full.finish(any(), any(), any()))
                .thenThrow(new NotStored("insufficient-storage", "full", "full", Duration.ZERO))
                .thenReturn(Optional.of(JobState.SUCCEEDED));
        new ExecuteJob(
                        new RunningJob(claim, 0),
                        (job, directory) -> Result.of(Ending.COMPLETED),
                        full,
                        recordings,
                        disk,
                        () -> false,
                        Duration.ofMillis(1))
                .run();
        verify(full, times(2)).finish(any(), any(), any());
        execute(claim, (job, directory) -> Result.of(Ending.CANCELLED));
    }

    @Test
    void jobThatTheDiskStoppedRunsAgainOnceThatTakesWrites() {
        Claim claim = claimOf(submit());
        Attempt refused = (job, directory) -> {
            throw new IOException("No space left on device");
        };
        new ExecuteJob(new RunningJob(claim, 0), refused, finish, recordings, disk, () -> false, Duration.ofMillis(100))
                .run();
        assertThat(disk.degraded()).isFalse();
        assertThat(jobs.get(Tenant.DEFAULT, claim.jobId()).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void damagedTableFailsTheJobAsSuch() throws IOException {
        String data = client.parabola(10);
        Claim claim = claimOf(client.submit(request(data)));
        String table =
                client.http.get("/api/v1/datasets/" + data).json().get("sha256").stringValue();
        byte[] whole = Files.readAllBytes(blobs.path(table));
        Files.write(blobs.path(table), java.util.Arrays.copyOf(whole, whole.length - 1));
        execute(claim, trainNetwork);
        Files.write(blobs.path(table), whole);
        Job job = jobs.get(Tenant.DEFAULT, claim.jobId());
        assertThat(job.reason()).isEqualTo(Reason.DATA_CORRUPT);
        assertThat(job.message()).contains(data);
    }

    @Test
    void jobThatIsStoppedBeforeItTrainsRecordsNothing() {
        Claim claim = claimOf(submit());
        var job = new RunningJob(claim, 0);
        job.stop(RunningJob.Stop.DRAIN);
        new ExecuteJob(job, trainNetwork, finish, recordings, disk, () -> true, Duration.ofMillis(1)).run();
        assertThat(jobs.get(Tenant.DEFAULT, claim.jobId()).state()).isEqualTo(JobState.QUEUED);
        assertThat(recordings.directory(claim.jobId(), claim.fence())).doesNotExist();
    }

    @Test
    void waitingJobShowsItsPlan() {
        String id = submit();
        var job = client.get(id);
        assertThat(job.get("state").stringValue()).isEqualTo("QUEUED");
        assertThat(job.get("queuePosition").intValue()).isEqualTo(1);
        assertThat(job.get("progress").get("step").intValue()).isZero();
        assertThat(job.get("progress").get("steps").intValue()).isEqualTo(20);
        assertThat(client.http
                        .get(JobClient.JOBS + "/" + id + "/loss-curve")
                        .json()
                        .get("steps"))
                .isEmpty();
    }

    @Test
    void requestSentTwiceWithOneKeyIsOneJob() {
        String body = request(client.parabola(10), "{\"name\": \"keyed\"}").toString();
        Answer first = client.http.post(JobClient.JOBS, "application/json", body, "Idempotency-Key", "k1");
        Answer second = client.http.post(JobClient.JOBS, "application/json", body, "Idempotency-Key", "k1");
        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(client.http.get(JobClient.JOBS + "?q=keyed").json().get("data"))
                .hasSize(1);
        String other = body.replace("keyed", "other");
        assertThat(client.http
                        .post(JobClient.JOBS, "application/json", other, "Idempotency-Key", "k1")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void serviceThatStopsTakesNothingNewUntilItStartsAgain() {
        String data = client.parabola(10);
        lifecycle.stop();
        Answer refused = client.post(request(data));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("shutting-down");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        lifecycle.start();
        client.run(request(data));
    }

    private String submit() {
        return client.submit(request(client.parabola(10)));
    }

    private Claim claimOf(String id) {
        Claim claim = queue.claim(PLENTY).orElseThrow();
        assertThat(claim.jobId()).isEqualTo(id);
        return claim;
    }

    private void execute(Claim claim, Attempt attempt) {
        new ExecuteJob(new RunningJob(claim, 0), attempt, finish, recordings, disk, () -> true, Duration.ofMillis(1))
                .run();
    }

    private static Result recordALoss(RunningJob job, Path directory) throws IOException {
        Files.createDirectory(directory);
        Files.writeString(
                directory.resolve(Kind.LOSS.fileName()),
                "a loss of " + job.claim().jobId());
        return Result.of(Ending.failed(Reason.DIVERGED, "diverged"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaked(Throwable failure) throws T {
        throw (T) failure;
    }
}
