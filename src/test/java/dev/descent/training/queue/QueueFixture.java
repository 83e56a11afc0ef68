package dev.descent.training.queue;

import static org.awaitility.Awaitility.await;

import dev.descent.storage.Ids;
import dev.descent.storage.TestDatabase;
import dev.descent.storage.TestStorage;
import dev.descent.tenant.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import tools.jackson.databind.json.JsonMapper;

/// A queue on a database of its own, with jobs that nobody trains.
public final class QueueFixture implements AutoCloseable {

    static final TrainingProperties PROPERTIES = new Binder(ConfigurationPropertySources.from(List.of()))
            .bindOrCreate("descent.training", TrainingProperties.class);

    private static final long LIMIT = Long.MAX_VALUE;

    public final TestStorage storage;
    private final TestDatabase kind;
    final Jobs jobs;
    public final JobEvents events;
    final Transitions transitions;
    final JobQueue queue;
    public final Orphans orphans;

    private final Ids ids = new Ids(Clock.systemUTC(), new Random(1));
    private final AtomicLong time = new AtomicLong(1_000);

    public QueueFixture(Path root) {
        this(root, TestDatabase.SQLITE);
    }

    public QueueFixture(Path root, TestDatabase kind) {
        Clock clock = Clock.systemUTC();
        this.kind = kind;
        storage = new TestStorage(root, clock, kind);
        jobs = new Jobs(storage.database());
        events = new JobEvents(storage.database(), JsonMapper.shared(), added -> {}, clock);
        transitions = new Transitions(storage.database(), events, changed -> {}, clock);
        var transactions = storage.transactions().getTransactionManager();
        queue = new JobQueue(storage.database(), transitions, transactions, PROPERTIES, clock);
        orphans = new Orphans(storage.database(), transitions, transactions, PROPERTIES);
    }

    /// Submits a job a millisecond younger than the last.
    public String submit(int priority, long memoryBytes) {
        return submit(Tenant.DEFAULT, priority, memoryBytes);
    }

    String submit(Tenant tenant, int priority, long memoryBytes) {
        String id = ids.next(Job.PREFIX);
        storage.transactions().executeWithoutResult(status -> {
            jobs.insert(
                    tenant,
                    new Job(
                            id,
                            "job",
                            "ds_1",
                            JobState.QUEUED,
                            null,
                            null,
                            priority,
                            memoryBytes,
                            0,
                            0,
                            Instant.ofEpochMilli(time.incrementAndGet()),
                            null,
                            null,
                            "{}",
                            "{}",
                            null,
                            null,
                            true,
                            Origin.NONE,
                            null));
            transitions.tell(id, StateReached.queued());
        });
        return id;
    }

    public String submit() {
        return submit(0, 1);
    }

    public Claim claim() {
        return claim(LIMIT).orElseThrow();
    }

    /// With so many bytes free.
    Optional<Claim> claim(long freeBytes) {
        return queue.claim(new Room("node", LIMIT, freeBytes, true));
    }

    /// Pretends that so many milliseconds have gone by for the waiting jobs.
    void age(long millis) {
        storage.database()
                .sql("update job set run_after = run_after - ?")
                .param(millis)
                .update();
    }

    public boolean move(Claim claim, JobState from, Ending to) {
        return Boolean.TRUE.equals(storage.transactions()
                .execute(status -> transitions.move(claim.jobId(), claim.fence(), from, to, null)));
    }

    /// Takes the database's clock, which shows `now` and then what [#turn] makes of it.
    void takeTheClock(long now) {
        storage.database().sql("create table hands (now_ms bigint)").update();
        storage.database().sql("insert into hands values (" + now + ")").update();
        if (kind == TestDatabase.SQLITE) {
            storage.database().sql("drop view clock").update();
        }
        String create = kind == TestDatabase.SQLITE ? "create" : "create or replace";
        storage.database()
                .sql(create + " view clock as select now_ms from hands")
                .update();
    }

    /// Puts a clock that was taken forward or back.
    void turn(long millis) {
        storage.database()
                .sql("update hands set now_ms = now_ms + ?")
                .param(millis)
                .update();
    }

    /// Lets a job have been submitted when the database's clock says it is now.
    void submittedNow(String id) {
        storage.database()
                .sql("update job set created_at = (select now_ms from clock) where id = ?")
                .param(id)
                .update();
    }

    /// Lets a process that has no streams here claim the next job and store its progress.
    public void runElsewhere(String progress) {
        storage.database()
                .sql("update job set progress = ? where id = ?")
                .param(progress)
                .param(claim().jobId())
                .update();
    }

    boolean moveWaiting(String id, JobState from, Ending to) {
        return Boolean.TRUE.equals(
                storage.transactions().execute(status -> transitions.move(id, job(id).fence(), from, to, null)));
    }

    /// Returns when another thread waits for a row that the caller's transaction has written: on SQLite before its
    /// first look at any row, on PostgreSQL at that one.
    void awaitWaiting(Thread other) {
        await().until(() -> switch (kind) {
            case SQLITE -> other.getState() == Thread.State.TIMED_WAITING;
            case POSTGRESQL ->
                storage.database()
                                .sql("select count(*) from pg_stat_activity"
                                        + " where datname = current_database() and wait_event_type = 'Lock'")
                                .query(Long.class)
                                .single()
                        == 1;
        });
    }

    /// Lets the lease of a job run out.
    void expire(String id) {
        storage.database()
                .sql("update job set lease_until = 0 where id = ?")
                .param(id)
                .update();
    }

    Job job(String id) {
        return jobs.get(Tenant.DEFAULT, id);
    }

    JobState state(String id) {
        return job(id).state();
    }

    @Override
    public void close() {
        storage.close();
    }
}
