package dev.descent.storage;

import dev.descent.tenant.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Creates once, however often a client that has lost the answer asks: the same `Idempotency-Key` with the same
/// request gets the same answer, for a day.
///
/// The answer is kept by the transaction that keeps what was created, so no crash can come between the two. What
/// fails is not kept, and may be tried again with the same key.
@Component
public class Idempotency {

    /// The request header that carries the key.
    public static final String HEADER = "Idempotency-Key";

    /// How long an answer is kept.
    public static final Duration KEPT = Duration.ofHours(24);

    static final int LONGEST_KEY = 200;

    private final JdbcClient database;
    private final JsonMapper json;
    private final Clock clock;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;
    private final Set<Use> inProgress = ConcurrentHashMap.newKeySet();

    Idempotency(JdbcClient database, PlatformTransactionManager transactions, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
        reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        writing = new TransactionTemplate(transactions);
    }

    /// A key is its tenant's own: others may use the same for something else.
    private record Use(Tenant tenant, String key) {}

    private record Kept(
            String requestHash, int status, @Nullable String location, String body) {

        static Kept read(ResultSet row, int number) throws SQLException {
            return new Kept(
                    row.getString("request_hash"),
                    row.getInt("status"),
                    row.getString("location"),
                    row.getString("body"));
        }

        <T> ResponseEntity<Recorded<T>> answer() {
            ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
            if (location != null) {
                answer.location(URI.create(location));
            }
            return answer.body(new Recorded<>(body));
        }
    }

    /// The answer of `create`, or the one it gave when `key` came first; without a key, always the former.
    ///
    /// With a key, `create` runs in a writing transaction that its own join, so it should do nothing slow: a
    /// large upload is stored before, and `request` then holds its hash. `operation` and `request`, written as
    /// JSON, are what has to be the same again. The answer's status, `Location` and body are kept.
    ///
    /// @throws IdempotencyKeyReused when the key came with another request
    /// @throws RequestInProgress when the first request with the key is not answered yet
    public <T> ResponseEntity<Recorded<T>> once(
            Tenant tenant, @Nullable String key, String operation, Object request, Supplier<ResponseEntity<T>> create) {
        return once(tenant, key, operation, request, () -> operation, prepared -> create.get());
    }

    /// The same for what takes a while to prepare: `prepare` runs before the transaction, and not at all when the key
    /// has its answer.
    public <P, T> ResponseEntity<Recorded<T>> once(
            Tenant tenant,
            @Nullable String key,
            String operation,
            Object request,
            Supplier<P> prepare,
            Function<P, ResponseEntity<T>> create) {
        String hash = hash(operation, request);
        if (key == null) {
            return kept(hash, create.apply(prepare.get())).answer();
        }
        requireUsable(key);
        var use = new Use(tenant, key);
        if (!inProgress.add(use)) {
            throw new RequestInProgress();
        }
        try {
            Kept kept = find(use)
                    .or(() -> first(use, hash, prepare.get(), create))
                    .or(() -> find(use))
                    .orElseThrow();
            if (!kept.requestHash().equals(hash)) {
                throw new IdempotencyKeyReused();
            }
            return kept.answer();
        } finally {
            inProgress.remove(use);
        }
    }

    /// Empty, with nothing created, when another process has used the key in the meantime.
    private <P, T> Optional<Kept> first(Use use, String hash, P prepared, Function<P, ResponseEntity<T>> create) {
        return Objects.requireNonNull(writing.execute(status -> {
            Kept kept = kept(hash, create.apply(prepared));
            forgetOld();
            if (insert(use, kept)) {
                return Optional.of(kept);
            }
            status.setRollbackOnly();
            return Optional.<Kept>empty();
        }));
    }

    private <T> Kept kept(String hash, ResponseEntity<T> answer) {
        URI location = answer.getHeaders().getLocation();
        return new Kept(
                hash,
                answer.getStatusCode().value(),
                location == null ? null : location.toString(),
                json.writeValueAsString(answer.getBody()));
    }

    private Optional<Kept> find(Use use) {
        return Objects.requireNonNull(reading.execute(status -> database.sql("""
                        select request_hash, status, location, body from idempotency
                         where tenant = :tenant and idem_key = :key and created_at > :oldest
                        """)
                .param("tenant", use.tenant().name())
                .param("key", use.key())
                .param("oldest", oldest())
                .query(Kept::read)
                .optional()));
    }

    private boolean insert(Use use, Kept kept) {
        return database.sql("""
                        insert into idempotency (tenant, idem_key, request_hash, status, location, body, created_at)
                        values (:tenant, :key, :hash, :status, :location, :body, :now)
                        on conflict (tenant, idem_key) do nothing
                        """)
                        .param("tenant", use.tenant().name())
                        .param("key", use.key())
                        .param("hash", kept.requestHash())
                        .param("status", kept.status())
                        .param("location", kept.location())
                        .param("body", kept.body())
                        .param("now", clock.millis())
                        .update()
                == 1;
    }

    private void forgetOld() {
        database.sql("delete from idempotency where created_at <= :oldest")
                .param("oldest", oldest())
                .update();
    }

    private long oldest() {
        return clock.millis() - KEPT.toMillis();
    }

    private static void requireUsable(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IdempotencyKeyMalformed(
                    "an Idempotency-Key has between 1 and " + LONGEST_KEY + " characters, not " + key.length());
        }
        if (!key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IdempotencyKeyMalformed("an Idempotency-Key holds printable ASCII characters only");
        }
    }

    private String hash(String operation, Object request) {
        String text = operation + "\n" + json.writeValueAsString(request);
        return HexFormat.of().formatHex(Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
