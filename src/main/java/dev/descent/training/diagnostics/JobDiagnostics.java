package dev.descent.training.diagnostics;

import dev.descent.core.lint.Diagnostic;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.JobDiagnostic;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// What was told of jobs: each finding an event, whatever attempt came to it first.
@Repository
public class JobDiagnostics {

    private final JdbcClient database;
    private final JobEvents events;
    private final JsonMapper json;

    public JobDiagnostics(JdbcClient database, JobEvents events, JsonMapper json) {
        this.database = database;
        this.events = events;
        this.json = json;
    }

    /// Those of a job, in the order in which they were told.
    @Transactional(readOnly = true)
    public List<JobDiagnostic> of(String jobId) {
        return database.sql("""
                        select data from job_event where job_id = :job and event = :event order by sequence
                        """)
                .param("job", jobId)
                .param("event", JobEvent.DIAGNOSTIC)
                .query((row, number) -> json.readValue(row.getString("data"), JobDiagnostic.class))
                .list();
    }

    /// Adds those that no attempt has told before, if the job is still this attempt's; says whether there were any. In
    /// the caller's transaction.
    public boolean tell(Claim claim, List<Diagnostic> found) {
        boolean current = database.sql("""
                                update job set fence = fence
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING', 'CANCELLING')
                                """)
                        .param("id", claim.jobId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
        if (!current) {
            return false;
        }
        List<Diagnostic> told = new ArrayList<>(
                of(claim.jobId()).stream().map(JobDiagnostic::toDomain).toList());
        int before = told.size();
        for (Diagnostic one : found) {
            if (told.stream().noneMatch(one::repeats)) {
                events.add(claim.jobId(), JobEvent.DIAGNOSTIC, JobDiagnostic.of(one));
                told.add(one);
            }
        }
        return told.size() > before;
    }
}
