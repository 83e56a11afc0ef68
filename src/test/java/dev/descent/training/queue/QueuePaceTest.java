package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import dev.descent.tenant.Tenant;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class QueuePaceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Progress.Length LENGTH = new Progress.Length(100, 100, 1);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private final RunningJobs running = new RunningJobs();
    private QueueFixture fixture;
    private QueuePace pace;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(root, kind);
        pace = new QueuePace(fixture.storage.database(), running, properties(1));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nothingRunsSoTheNextStartsAtOnce() {
        assertThat(pace.untilNextStart()).hasSeconds(1);
    }

    @Test
    void runThatNobodyCanTellOfIsGuessed() {
        run(0, null);

        assertThat(pace.untilNextStart()).hasSeconds(10);
    }

    @Test
    void measuredRunTellsItself() {
        ended(3);
        run(20, Progress.of(LENGTH, 20, 20, 1, 20));
        run(20, Progress.of(LENGTH, 50, 50, 1, 20));

        assertThat(pace.untilNextStart()).hasSeconds(20);
    }

    @Test
    void runThatHasJustBegunLastsAsLongAsJobsDidOfLate() {
        ended(7, 8, 9, 1000);
        run(2, Progress.of(LENGTH, 1, 1, 1, 2));

        assertThat(pace.untilNextStart()).hasSeconds(9 - 2);
    }

    @Test
    void runThatHasJustBegunTellsItselfWhereNothingElseIsKnown() {
        run(2, Progress.of(LENGTH, 50, 50, 1, 2));

        assertThat(pace.untilNextStart()).hasSeconds(2);
    }

    @Test
    void runThatTakesLongerThanUsualIsAboutToEnd() {
        ended(3);
        run(4, null);

        assertThat(pace.untilNextStart()).hasSeconds(1);
    }

    @Test
    void onlyTheLatestTwentyCount() {
        ended(500, 500, 500);
        for (int i = 0; i < 20; i++) {
            ended(6);
        }
        run(0, null);

        assertThat(pace.untilNextStart()).hasSeconds(6);
    }

    @Test
    void everyOtherTenantThatWaitsHasItsTurnFirst() {
        ended(30);
        run(10, Progress.of(LENGTH, 50, 50, 1, 10));
        waiting("bob", "bob", "carl", "ada");

        assertThat(pace.untilNextStart(new Tenant("ada"))).hasSeconds(10 + 2 * 30);
        assertThat(new QueuePace(fixture.storage.database(), running, properties(4)).untilNextStart(new Tenant("ada")))
                .hasSeconds(10 + 30 * 2 / 4);
    }

    @Test
    void nobodyIsToldToWaitForMoreThanAnHour() {
        run(1000, Progress.of(LENGTH, 1, 1, 1, 1000));

        assertThat(pace.untilNextStart()).isEqualTo(QueuePace.LONGEST);
    }

    private void run(long seconds, @Nullable Progress progress) {
        fixture.submit();
        var job = new RunningJob(fixture.claim(), 0);
        job.tick(seconds * SECOND);
        if (progress != null) {
            job.show(progress);
        }
        running.add(job);
    }

    /// Jobs that ended one after the other, having taken so many seconds.
    private void ended(long... seconds) {
        for (long each : seconds) {
            String id = fixture.submit();
            fixture.storage.database().sql("""
                            update job set state = 'SUCCEEDED', started_at = ended.at - ?, finished_at = ended.at
                              from (select coalesce(max(finished_at), 0) + 1 as at from job) ended where id = ?
                            """).param(each * 1000).param(id).update();
        }
    }

    private void waiting(String... tenants) {
        for (String tenant : tenants) {
            fixture.storage
                    .database()
                    .sql("update job set tenant = ? where id = ?")
                    .param(tenant)
                    .param(fixture.submit())
                    .update();
        }
    }

    private static TrainingProperties properties(int workers) {
        var source = new MapConfigurationPropertySource(Map.of("descent.training.workers", workers));
        return new Binder(source).bindOrCreate("descent.training", TrainingProperties.class);
    }
}
