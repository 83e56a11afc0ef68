package dev.descent.training.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.BlobWriter;
import dev.descent.storage.TestDatabase;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.QueueFixture;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class CheckpointsTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private QueueFixture fixture;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(root, kind);
        checkpoints = new Checkpoints(
                fixture.storage.database(),
                fixture.storage.blobs(),
                fixture.events,
                JsonMapper.shared(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void attemptThatLostItsJobKeepsNothing() {
        fixture.submit();
        Claim stale = fixture.claim();
        fixture.move(stale, JobState.RUNNING, Ending.GIVEN_BACK);
        Claim current = fixture.claim();
        assertThat(add(stale, 100, 0.5)).isFalse();
        assertThat(checkpoints.of(current.jobId())).isEmpty();
        assertThat(add(current, 10, 0.5)).isTrue();
        assertThat(checkpoints.of(current.jobId()))
                .extracting(KeptCheckpoint::fence)
                .containsExactly(current.fence());
    }

    @Test
    void nothingIsKeptOfAJobThatIsBeingCancelled() {
        fixture.submit();
        Claim claim = fixture.claim();
        fixture.move(claim, JobState.RUNNING, Ending.CANCELLING);
        assertThat(add(claim, 10, 0.5)).isFalse();
        assertThat(checkpoints.of(claim.jobId())).isEmpty();
    }

    @Test
    void jobThatIsBeingPausedKeepsItsLast() {
        fixture.submit();
        Claim claim = fixture.claim();
        fixture.move(claim, JobState.RUNNING, Ending.PAUSING);
        assertThat(add(claim, 10, 0.5)).isTrue();
    }

    @Test
    void lastTwoAndTheBestAreKept() {
        fixture.submit();
        Claim claim = fixture.claim();
        Double[] losses = {0.9, 0.1, null, 0.5, 0.1, 0.4, 0.3};
        for (int step = 0; step < losses.length; step++) {
            assertThat(add(claim, step, losses[step])).isTrue();
        }
        assertThat(checkpoints.of(claim.jobId()))
                .extracting(KeptCheckpoint::step)
                .containsExactly(6L, 5L, 1L);
    }

    @Test
    void jobWhoseProcessDiedKeepsItsCheckpointsUnlessItWasBeingCancelled() {
        fixture.submit();
        Claim claim = fixture.claim();
        add(claim, 10, 0.5);
        fixture.orphans.recoverAll();
        assertThat(checkpoints.of(claim.jobId())).hasSize(1);
        fixture.move(fixture.claim(), JobState.RUNNING, Ending.CANCELLING);
        fixture.orphans.recoverAll();
        assertThat(checkpoints.of(claim.jobId())).isEmpty();
    }

    private boolean add(Claim claim, long step, @Nullable Double loss) {
        var placement = new Placement(claim.jobId(), claim.fence(), "table", "engine", step, 1, 0, loss, 1, Map.of());
        try (BlobWriter writer = fixture.storage.blobs().open()) {
            writer.write(("at step " + step).getBytes(UTF_8));
            writer.commit();
            var written = new WrittenCheckpoint(placement, writer);
            return Boolean.TRUE.equals(
                    fixture.storage.transactions().execute(status -> checkpoints.add(claim, written)));
        }
    }
}
