package dev.descent.training.queue;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The events of jobs that are kept, in order.
@Repository
public class JobEvents {

    private final JdbcClient database;
    private final JsonMapper json;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    JobEvents(JdbcClient database, JsonMapper json, ApplicationEventPublisher publisher, Clock clock) {
        this.database = database;
        this.json = json;
        this.publisher = publisher;
        this.clock = clock;
    }

    /// Adds an event in the transaction that changed the job's row, which keeps others from taking the same number.
    public void add(String jobId, String event, Object data) {
        String text = json.writeValueAsString(data);
        Instant created = Instant.ofEpochMilli(clock.millis());
        long sequence = database.sql("""
                        insert into job_event (job_id, sequence, event, data, created_at)
                        select :job, coalesce(max(sequence), 0) + 1, :event, :data, :created
                          from job_event where job_id = :job
                        returning sequence
                        """)
                .param("job", jobId)
                .param("event", event)
                .param("data", text)
                .param("created", created.toEpochMilli())
                .query(Long.class)
                .single();
        publisher.publishEvent(new JobEventAdded(jobId, new JobEvent(sequence, event, text, created)));
    }

    /// What of a job any process may have stored last.
    ///
    /// @param sequence the number of its last event
    /// @param progress the last [Progress] that was stored, as JSON
    public record Latest(
            String jobId, long sequence, @Nullable String progress) {}

    /// The latest of each of these jobs that is still there.
    @Transactional(readOnly = true)
    public List<Latest> latest(Collection<String> jobIds) {
        return jobIds.isEmpty()
                ? List.of()
                : database.sql("""
                                select id as job_id, progress,
                                       (select coalesce(max(e.sequence), 0) from job_event e where e.job_id = job.id) as sequence
                                  from job where id in (:ids)
                                """)
                        .param("ids", jobIds)
                        .query((row, number) ->
                                new Latest(row.getString("job_id"), row.getLong("sequence"), row.getString("progress")))
                        .list();
    }

    /// The events that follow number `sequence`, at most `limit`.
    @Transactional(readOnly = true)
    public List<JobEvent> after(String jobId, long sequence, int limit) {
        return database.sql("""
                        select sequence, event, data, created_at from job_event
                         where job_id = :job and sequence > :sequence order by sequence limit :limit
                        """)
                .param("job", jobId)
                .param("sequence", sequence)
                .param("limit", limit)
                .query((row, number) -> new JobEvent(
                        row.getLong("sequence"),
                        row.getString("event"),
                        row.getString("data"),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list();
    }
}
