package dev.descent.training.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The jobs that a process left behind when it died, or when its lease ran out.
///
/// They go back to the queue and run again; those that were being paused or cancelled come to that. A job during which
/// a process has died too often fails: it may be the reason.
@Component
public class Orphans {

    private final JdbcClient database;
    private final Transitions transitions;
    private final TransactionTemplate transaction;
    private final TrainingProperties properties;

    public Orphans(
            JdbcClient database,
            Transitions transitions,
            PlatformTransactionManager transactions,
            TrainingProperties properties) {
        this.database = database;
        this.transitions = transitions;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
    }

    /// Takes care of every job at work; for a process that knows to be the only one, before it starts any worker.
    public int recoverAll() {
        return recover(
                "select id, state, fence, crashes, lease_until from job where state in ('RUNNING', 'PAUSING', 'CANCELLING')");
    }

    /// Takes care of the jobs whose lease has run out by the database's clock.
    public int recoverExpired() {
        return recover("""
                select id, state, fence, crashes, lease_until from job
                 where state in ('RUNNING', 'PAUSING', 'CANCELLING') and lease_until < (select now_ms from clock)
                """);
    }

    private int recover(String which) {
        Integer recovered = transaction.execute(status -> {
            List<Orphan> orphans = database.sql(which).query(Orphan::read).list();
            return (int) orphans.stream().filter(this::recover).count();
        });
        return recovered == null ? 0 : recovered;
    }

    /// False when another process was faster, or the job's own has come back to life.
    private boolean recover(Orphan orphan) {
        boolean still = database.sql("""
                                update job set crashes = crashes + 1
                                 where id = :id and fence = :fence and coalesce(lease_until, 0) = :lease
                                """)
                        .param("id", orphan.id())
                        .param("fence", orphan.fence())
                        .param("lease", orphan.lease())
                        .update()
                == 1;
        Ending ending = orphan.ending(properties.crashLimit());
        if (still && ending.state() == JobState.CANCELLED) {
            // Their files are swept some time.
            database.sql("delete from checkpoint where job_id = :id")
                    .param("id", orphan.id())
                    .update();
        }
        return still && transitions.move(orphan.id(), orphan.fence(), orphan.state(), ending, null);
    }

    private record Orphan(String id, JobState state, long fence, int crashes, long lease) {

        static Orphan read(ResultSet row, int number) throws SQLException {
            return new Orphan(
                    row.getString("id"),
                    JobState.valueOf(row.getString("state")),
                    row.getLong("fence"),
                    row.getInt("crashes"),
                    row.getLong("lease_until"));
        }

        Ending ending(int crashLimit) {
            if (state == JobState.CANCELLING) {
                return Ending.CANCELLED;
            }
            if (crashes + 1 >= crashLimit) {
                return Ending.failed(
                        Reason.POISON, "The service's process died " + (crashes + 1) + " times while this job ran.");
            }
            return state == JobState.PAUSING ? Ending.PAUSED : Ending.GIVEN_BACK;
        }
    }
}
