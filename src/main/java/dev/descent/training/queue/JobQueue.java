package dev.descent.training.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Who works on what: jobs wait in the table, and a worker's claim is one short transaction.
///
/// Tenants are served in turn; within a tenant the higher priority goes first, then the older job. A job that needs
/// more memory than is free just now lets smaller ones pass.
@Component
public class JobQueue {

    private final JdbcClient database;
    private final Transitions transitions;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;
    private final Clock clock;

    JobQueue(JdbcClient database, Transitions transitions, PlatformTransactionManager transactions, Clock clock) {
        this.database = database;
        this.transitions = transitions;
        this.clock = clock;
        reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        writing = new TransactionTemplate(transactions);
    }

    /// The next job that fits into `freeBytes`, now RUNNING and owned by `node`; empty when none waits that does.
    public Optional<Claim> claim(String node, long freeBytes) {
        if (!Boolean.TRUE.equals(reading.execute(status -> anyWaiting()))) {
            return Optional.empty();
        }
        Optional<Claim> claimed = writing.execute(status -> {
            long turn = nextTurn();
            Optional<Claim> claim = take(node, freeBytes);
            if (claim.isEmpty()) {
                status.setRollbackOnly();
            } else {
                served(claim.get().tenant(), turn);
                transitions.tell(
                        claim.get().jobId(), StateReached.running(claim.get().fence()));
            }
            return claim;
        });
        return claimed == null ? Optional.empty() : claimed;
    }

    /// Takes care of the jobs that a process left behind when it died; to be called before any worker starts.
    ///
    /// They go back to the queue and run again, those that were being cancelled end. A job during which the process
    /// has died `crashLimit` times fails: it may be the reason.
    public int recover(int crashLimit) {
        Integer recovered = writing.execute(status -> {
            List<Orphan> orphans = database.sql("""
                            select id, state, fence, crashes from job where state in ('RUNNING', 'CANCELLING') order by id
                            """).query(Orphan::read).list();
            orphans.forEach(orphan -> recover(orphan, crashLimit));
            return orphans.size();
        });
        return recovered == null ? 0 : recovered;
    }

    private void recover(Orphan orphan, int crashLimit) {
        database.sql("update job set crashes = crashes + 1 where id = :id and fence = :fence")
                .param("id", orphan.id())
                .param("fence", orphan.fence())
                .update();
        Ending ending = orphan.ending(crashLimit);
        transitions.move(orphan.id(), orphan.fence(), orphan.state(), ending, null);
    }

    private boolean anyWaiting() {
        return database.sql("""
                        select exists (select 1 from job where state = 'QUEUED' and run_after <= (select now_ms from clock))
                        """).query(Boolean.class).single();
    }

    private long nextTurn() {
        return database.sql("update turn set turn = turn + 1 where tenant = '' returning turn")
                .query(Long.class)
                .single();
    }

    private Optional<Claim> take(String node, long freeBytes) {
        return database.sql("""
                        update job
                           set state = 'RUNNING', fence = fence + 1, owner = :node, started_at = :now
                         where state = 'QUEUED' and id = (
                           select j.id from job j
                             left join (select tenant, count(*) as n from job where state in ('RUNNING', 'CANCELLING')
                                         group by tenant) r on r.tenant = j.tenant
                             left join turn t on t.tenant = j.tenant
                            where j.state = 'QUEUED' and j.run_after <= (select now_ms from clock)
                              and j.mem_bytes <= :free
                            order by coalesce(r.n, 0), coalesce(t.turn, 0), j.priority desc, j.created_at, j.id limit 1)
                        returning id as job_id, tenant, fence, mem_bytes as memory_bytes, spec
                        """)
                .param("node", node)
                .param("now", clock.millis())
                .param("free", freeBytes)
                .query(Claim.class)
                .optional();
    }

    private void served(String tenant, long turn) {
        database.sql("""
                        insert into turn (tenant, turn) values (:tenant, :turn)
                        on conflict (tenant) do update set turn = excluded.turn
                        """).param("tenant", tenant).param("turn", turn).update();
    }

    private record Orphan(String id, JobState state, long fence, int crashes) {

        static Orphan read(ResultSet row, int number) throws SQLException {
            return new Orphan(
                    row.getString("id"),
                    JobState.valueOf(row.getString("state")),
                    row.getLong("fence"),
                    row.getInt("crashes"));
        }

        Ending ending(int crashLimit) {
            if (state == JobState.CANCELLING) {
                return Ending.CANCELLED;
            }
            return crashes + 1 < crashLimit
                    ? Ending.GIVEN_BACK
                    : Ending.failed(
                            Reason.POISON,
                            "The service's process died " + (crashes + 1) + " times while this job ran.");
        }
    }
}
