package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class IdempotencyTest {

    @Parameter
    TestDatabase kind;

    private static final String OPERATION = "POST /networks";
    private static final Map<String, Integer> REQUEST = Map.of("inputs", 2);

    @TempDir
    Path root;

    private final DayClock clock = new DayClock();
    private TestStorage storage;
    private Idempotency idempotency;
    private int created;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, clock, kind);
        idempotency = another();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void sameKeyAndRequestGiveTheFirstAnswerAgain() {
        var first = once("k", REQUEST);
        var again = once("k", REQUEST);

        assertThat(created).isEqualTo(1);
        assertThat(again).isEqualTo(first);
        assertThat(again.getStatusCode().value()).isEqualTo(201);
        assertThat(again.getHeaders().getLocation()).hasToString("/networks/1");
        assertThat(new JsonMapper().writeValueAsString(again.getBody())).isEqualTo("{\"id\":1}");
    }

    @Test
    void answerIsKeptAcrossARestart() {
        var first = once("k", REQUEST);

        idempotency = another();

        assertThat(once("k", REQUEST)).isEqualTo(first);
        assertThat(created).isEqualTo(1);
    }

    @Test
    void otherKeysAndNoKeyCreateAgain() {
        once("k", REQUEST);
        once("l", REQUEST);
        once(null, REQUEST);
        once(null, REQUEST);

        assertThat(created).isEqualTo(4);
    }

    @Test
    void keyOfAnotherRequestIsRefused() {
        once("k", REQUEST);

        assertThatThrownBy(() -> once("k", Map.of("inputs", 3))).isInstanceOf(IdempotencyKeyReused.class);
        assertThatThrownBy(() -> idempotency.once(Tenant.DEFAULT, "k", "POST /datasets", REQUEST, this::create))
                .isInstanceOf(IdempotencyKeyReused.class);
        assertThat(created).isEqualTo(1);
    }

    @Test
    void keyOfAnotherTenantIsAnotherKey() {
        once("k", REQUEST);

        idempotency.once(new Tenant("ada"), "k", OPERATION, Map.of("inputs", 3), this::create);

        assertThat(created).isEqualTo(2);
    }

    @Test
    void failureKeepsNothingAndMayBeTriedAgain() {
        assertThatThrownBy(() -> idempotency.once(Tenant.DEFAULT, "k", OPERATION, REQUEST, () -> {
                    create();
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(rows()).isZero();

        once("k", REQUEST);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void whatIsCreatedAndItsAnswerAreKeptTogetherOrNotAtAll() {
        assertThatThrownBy(() -> idempotency.once(
                        Tenant.DEFAULT,
                        "k",
                        OPERATION,
                        REQUEST,
                        () -> ResponseEntity.ok(new Object() {
                            @SuppressWarnings("unused")
                            public int getId() {
                                insertNetwork();
                                throw new IllegalStateException("the answer cannot be written");
                            }
                        })))
                .hasMessageContaining("cannot be written");

        assertThat(rows()).isZero();
    }

    @Test
    void secondRequestWhileTheFirstIsAnsweredIsToldToWait() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var first =
                CompletableFuture.supplyAsync(() -> idempotency.once(Tenant.DEFAULT, "k", OPERATION, REQUEST, () -> {
                    begun.countDown();
                    await(end);
                    return create();
                }));
        await(begun);

        assertThatThrownBy(() -> once("k", REQUEST)).isInstanceOf(RequestInProgress.class);

        end.countDown();
        var answer = first.get(10, TimeUnit.SECONDS);
        assertThat(once("k", REQUEST)).isEqualTo(answer);
        assertThat(created).isEqualTo(1);
    }

    @Test
    void processThatLosesTheRaceCreatesNothingAndGivesTheWinnersAnswer() {
        Idempotency winner = another();

        var answer = idempotency.once(Tenant.DEFAULT, "k", OPERATION, REQUEST, () -> {
            CompletableFuture.supplyAsync(() -> winner.once(Tenant.DEFAULT, "k", OPERATION, REQUEST, this::create))
                    .join();
            insertNetwork();
            return ResponseEntity.ok(Map.of("id", 99));
        });

        assertThat(answer).isEqualTo(once("k", REQUEST));
        assertThat(answer.getStatusCode().value()).isEqualTo(201);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void keyIsForgottenAfterADay() {
        once("k", REQUEST);
        clock.now = clock.now.plus(Duration.ofHours(23));
        once("k", REQUEST);
        assertThat(created).isEqualTo(1);

        clock.now = clock.now.plus(Duration.ofHours(1));
        once("k", Map.of("inputs", 3));

        assertThat(created).isEqualTo(2);
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "é", "\u0000"})
    void keyThatIsNoneIsRefused(String key) {
        assertRefused(key);
    }

    @Test
    void keyOfOverTwoHundredCharactersIsRefused() {
        once("k".repeat(200), REQUEST);

        assertRefused("k".repeat(201));
    }

    private void assertRefused(String key) {
        assertThatThrownBy(() -> once(key, REQUEST))
                .isInstanceOfSatisfying(
                        IdempotencyKeyMalformed.class,
                        malformed -> assertThat(malformed.violations())
                                .extracting(Violation::pointer)
                                .containsExactly("Idempotency-Key"));
    }

    private ResponseEntity<Recorded<Map<String, Integer>>> once(@Nullable String key, Object request) {
        return idempotency.once(Tenant.DEFAULT, key, OPERATION, request, this::create);
    }

    private ResponseEntity<Map<String, Integer>> create() {
        created++;
        return ResponseEntity.created(URI.create("/networks/" + created)).body(Map.of("id", created));
    }

    private void insertNetwork() {
        storage.database()
                .sql("insert into network (id, tenant, name, spec, created_at) values ('n', 'default', null, '', 0)")
                .update();
    }

    private long rows() {
        return storage.database()
                .sql("select (select count(*) from idempotency) + (select count(*) from network)")
                .query(Long.class)
                .single();
    }

    private Idempotency another() {
        return new Idempotency(
                storage.database(),
                Objects.requireNonNull(storage.transactions().getTransactionManager()),
                new JsonMapper(),
                clock);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class DayClock extends Clock {

        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
