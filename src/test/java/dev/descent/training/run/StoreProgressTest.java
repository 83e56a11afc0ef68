package dev.descent.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Rule;
import dev.descent.core.lint.Severity;
import dev.descent.storage.Node;
import dev.descent.storage.TestDatabase;
import dev.descent.training.diagnostics.JobDiagnostics;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.JobDiagnostic;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.QueueFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
class StoreProgressTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private QueueFixture fixture;
    private StoreProgress progress;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(root, kind);
        progress = new StoreProgress(
                fixture.storage.database(),
                fixture.events,
                diagnostics(),
                Objects.requireNonNull(fixture.storage.transactions().getTransactionManager()),
                new Node("node", true),
                JsonMapper.shared());
        fixture.submit();
    }

    private JobDiagnostics diagnostics() {
        return new JobDiagnostics(fixture.storage.database(), fixture.events, JsonMapper.shared());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void epochThatAnEarlierAttemptToldOfIsNotToldAgain() {
        Claim first = fixture.claim();
        assertThat(tell(first, 0, 5)).isTrue();
        fixture.move(first, JobState.RUNNING, Ending.GIVEN_BACK);
        Claim second = fixture.claim();
        assertThat(tell(second, 0, 4)).isFalse();
        assertThat(tell(second, 0, 5)).isFalse();
        assertThat(tell(second, 0, 6)).isTrue();
        assertThat(epochs(second)).isEqualTo(2);
    }

    @Test
    void findingIsToldOnceWhateverAttemptComesToItAndAgainOnlyWhenWorse() {
        Claim first = fixture.claim();
        assertThat(tell(first, finding(Severity.INFO, 10))).isTrue();
        assertThat(tell(first, finding(Severity.INFO, 10))).isFalse();
        fixture.move(first, JobState.RUNNING, Ending.GIVEN_BACK);
        Claim second = fixture.claim();
        assertThat(tell(first, finding(Severity.ERROR, 20))).isFalse();
        assertThat(tell(second, finding(Severity.INFO, 10))).isFalse();
        assertThat(tell(second, finding(Severity.WARNING, 20))).isTrue();
        assertThat(diagnostics().of(second.jobId()))
                .extracting(JobDiagnostic::step)
                .containsExactly(10L, 20L);
    }

    private static Diagnostic finding(Severity severity, long step) {
        return new Diagnostic(Rule.DEAD_UNITS, severity, step, 0, Map.of("units", List.of(1)), "a unit is dead");
    }

    private boolean tell(Claim claim, Diagnostic finding) {
        return Boolean.TRUE.equals(
                fixture.storage.transactions().execute(status -> diagnostics().tell(claim, List.of(finding))));
    }

    @Test
    void runThatBeganAgainAfterItDivergedTellsItsEpochsAgain() {
        Claim claim = fixture.claim();
        tell(claim, 0, 5);
        assertThat(tell(claim, 1, 1)).isTrue();
        assertThat(tell(claim, 0, 6)).isFalse();
        assertThat(tell(claim, 1, 2)).isTrue();
    }

    @Test
    void attemptThatLostItsJobTellsNothing() {
        Claim stale = fixture.claim();
        fixture.move(stale, JobState.RUNNING, Ending.GIVEN_BACK);
        assertThat(tell(stale, 0, 1)).as("of a job that waits").isFalse();
        assertThat(show(stale, 1)).isFalse();
        Claim current = fixture.claim();
        assertThat(tell(stale, 0, 1)).as("of another's job").isFalse();
        assertThat(show(current, 10)).isTrue();
        assertThat(show(stale, 1)).isFalse();
        assertThat(epochs(current)).isZero();
        assertThat(shown(current)).contains("\"step\":10");
    }

    @Test
    void jobThatHasEndedIsToldNothingMoreOf() {
        Claim claim = fixture.claim();
        fixture.move(claim, JobState.RUNNING, Ending.COMPLETED);
        assertThat(tell(claim, 0, 1)).isFalse();
        assertThat(show(claim, 1)).isFalse();
    }

    private boolean tell(Claim claim, long round, long epoch) {
        var reached = new EpochReached(epoch, 10, 10 * epoch, 0.5, null, 0.1, Map.of(), null, round);
        return Boolean.TRUE.equals(fixture.storage.transactions().execute(status -> progress.tell(claim, reached)));
    }

    private boolean show(Claim claim, long step) {
        Progress at = Progress.at(new Progress.Length(100, 10, 1), step, 1);
        return Boolean.TRUE.equals(fixture.storage.transactions().execute(status -> progress.show(claim, at)));
    }

    private long epochs(Claim claim) {
        return fixture.events.after(claim.jobId(), 0, 100).stream()
                .filter(event -> event.event().equals(JobEvent.EPOCH))
                .count();
    }

    private String shown(Claim claim) {
        return fixture.storage
                .database()
                .sql("select progress from job where id = ?")
                .param(claim.jobId())
                .query(String.class)
                .single();
    }
}
