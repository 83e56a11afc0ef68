package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.TestDatabase;
import dev.descent.tenant.Tenant;
import java.nio.file.Path;
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
class AttemptsTest {

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private QueueFixture fixture;
    private Attempts attempts;
    private String id;

    @BeforeEach
    void open() {
        fixture = new QueueFixture(root, kind);
        attempts = new Attempts(fixture.storage.database(), JsonMapper.shared());
        id = fixture.submit();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void bitsAreExactUntilAnotherVersionGoesOnWithThem() {
        Claim claim = fixture.claim();
        assertThat(beganAndExact(claim, "1.0", null)).isTrue();
        assertThat(beganAndExact(claim, "1.0", "1.0")).isTrue();
        assertThat(beganAndExact(claim, "1.1", "1.0")).isFalse();
        assertThat(beganAndExact(claim, "1.1", "1.1")).as("as before").isFalse();
        assertThat(beganAndExact(claim, "1.1", null)).as("at step 0").isTrue();
        assertThat(attempts.of(id))
                .singleElement()
                .satisfies(one -> assertThat(one.beginning()).isEqualTo(beginning("1.1")));
    }

    @Test
    void attemptThatHasLostItsJobSaysNothingOfIt() {
        Claim claim = fixture.claim();
        fixture.storage
                .database()
                .sql("update job set fence = fence + 1 where id = ?")
                .param(id)
                .update();
        assertThat(beganAndExact(claim, "1.1", "1.0")).isTrue();
    }

    private boolean beganAndExact(Claim claim, String engine, @Nullable String wroteCheckpoint) {
        attempts.began(claim, beginning(engine), wroteCheckpoint);
        return fixture.jobs.get(Tenant.DEFAULT, id).bitExact();
    }

    private static Attempts.Beginning beginning(String engine) {
        return new Attempts.Beginning(engine, "25", "amd64", true, 0, 0, "table", "split", "weights");
    }
}
