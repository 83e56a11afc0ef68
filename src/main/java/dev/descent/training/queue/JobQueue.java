package dev.descent.training.queue;

import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Who works on what: jobs wait in the table, and a worker's claim is one short transaction.
///
/// Tenants are served in turn; within a tenant the higher priority goes first, which grows by one while twenty other
/// jobs are started, then the older job. No clock has a say in it. A job that does not fit just now lets smaller ones
/// pass, [#MAXIMUM_OVERTAKES] of them; then everybody waits with it.
@Component
public class JobQueue {

    static final int MAXIMUM_OVERTAKES = 20;

    private final JdbcClient database;
    private final Transitions transitions;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;
    private final TrainingProperties properties;
    private final Clock clock;

    public JobQueue(
            JdbcClient database,
            Transitions transitions,
            PlatformTransactionManager transactions,
            TrainingProperties properties,
            Clock clock) {
        this.database = database;
        this.transitions = transitions;
        this.properties = properties;
        this.clock = clock;
        reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        writing = new TransactionTemplate(transactions);
    }

    /// The next job that there is room for, now RUNNING and owned by the node; empty when none waits that may run.
    public Optional<Claim> claim(Room room) {
        if (!Boolean.TRUE.equals(reading.execute(status -> anyWaiting()))) {
            return Optional.empty();
        }
        Optional<Claim> claimed = writing.execute(status -> {
            long turn = nextTurn();
            Optional<Claim> claim = choose(room).flatMap(id -> take(id, room.node()));
            if (claim.isEmpty()) {
                status.setRollbackOnly();
            } else {
                served(claim.get().tenant(), turn);
                record(claim.get(), room.node());
                transitions.tell(
                        claim.get().jobId(), StateReached.running(claim.get().fence()));
            }
            return claim;
        });
        return claimed == null ? Optional.empty() : claimed;
    }

    private boolean anyWaiting() {
        return database.sql("""
                        select exists (select 1 from job where state = 'QUEUED')
                        """).query(Boolean.class).single();
    }

    /// The update is the lock under which claims are made.
    private long nextTurn() {
        return database.sql("update turn set turn = turn + 1 where tenant = '' returning turn")
                .query(Long.class)
                .single();
    }

    private Optional<String> choose(Room room) {
        Optional<Waiting> head = first(room.limitBytes(), Integer.MAX_VALUE);
        if (head.isEmpty() || fits(head.get(), room)) {
            return head.map(Waiting::id);
        }
        if (head.get().overtaken() >= MAXIMUM_OVERTAKES) {
            return Optional.empty();
        }
        Optional<Waiting> other = first(room.freeBytes(), room.idle() ? Integer.MAX_VALUE : suspect() - 1);
        other.ifPresent(passing -> database.sql("update job set overtaken = overtaken + 1 where id = :id")
                .param("id", head.get().id())
                .update());
        return other.map(Waiting::id);
    }

    private Optional<Waiting> first(long bytes, int crashes) {
        return database.sql("""
                        select id, mem_bytes as memory_bytes, crashes, overtaken from waiting_job
                         where due = 1 and mem_bytes <= :bytes and crashes <= :crashes
                         order by load, turn, urgency desc, id limit 1
                        """)
                .param("bytes", bytes)
                .param("crashes", crashes)
                .query(Waiting.class)
                .optional();
    }

    private boolean fits(Waiting job, Room room) {
        return job.memoryBytes() <= room.freeBytes() && (room.idle() || job.crashes() < suspect());
    }

    /// From so many deaths of a process on, a job is suspected of them and runs alone.
    int suspect() {
        return Math.max(1, properties.crashLimit() - 1);
    }

    /// Whether nothing may run beside this job.
    public boolean alone(Claim claim) {
        return claim.crashes() >= suspect();
    }

    /// Empty when the job was paused or cancelled since it was chosen.
    private Optional<Claim> take(String id, String node) {
        return database.sql("""
                        update job
                           set state = 'RUNNING', fence = fence + 1, owner = :node, reason = null, message = null,
                               lease_until = (select now_ms from clock) + :lease,
                               started_at = coalesce(started_at, :now)
                         where id = :id and state = 'QUEUED'
                        returning id as job_id, tenant, fence, mem_bytes as memory_bytes, tries, crashes, spec, verifies
                        """)
                .param("node", node)
                .param("lease", properties.lease().toMillis())
                .param("now", clock.millis())
                .param("id", id)
                .query(Claim.class)
                .optional();
    }

    private void record(Claim claim, String node) {
        database.sql("insert into attempt (job_id, fence, node, started_at) values (:job, :fence, :node, :now)")
                .param("job", claim.jobId())
                .param("fence", claim.fence())
                .param("node", node)
                .param("now", clock.millis())
                .update();
    }

    private void served(String tenant, long turn) {
        database.sql("""
                        insert into turn (tenant, turn) values (:tenant, :turn)
                        on conflict (tenant) do update set turn = excluded.turn
                        """).param("tenant", tenant).param("turn", turn).update();
    }

    private record Waiting(String id, long memoryBytes, int crashes, int overtaken) {}
}
