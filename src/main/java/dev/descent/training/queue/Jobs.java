package dev.descent.training.queue;

import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// The rows of jobs. How a row changes its state is the business of [Transitions].
@Repository
public class Jobs {

    private final JdbcClient database;

    Jobs(JdbcClient database) {
        this.database = database;
    }

    public void insert(Tenant tenant, Job job) {
        database.sql("""
                        insert into job (id, tenant, name, dataset_id, state, priority, mem_bytes, created_at, spec, plan,
                                         forked_from, forked_step, retry_of, verifies, experiment_id, came_turn)
                        values (:id, :tenant, :name, :dataset, :state, :priority, :memory, :created, :spec, :plan,
                                :forkedFrom, :forkedStep, :retryOf, :verifies, :experiment,
                                (select turn from turn where tenant = ''))
                        """)
                .param("id", job.id())
                .param("tenant", tenant.name())
                .param("name", job.name())
                .param("dataset", job.datasetId())
                .param("state", job.state().name())
                .param("priority", job.priority())
                .param("memory", job.memoryBytes())
                .param("created", job.createdAt().toEpochMilli())
                .param("spec", job.spec())
                .param("plan", job.plan())
                .param("forkedFrom", job.origin().forkedFrom())
                .param("forkedStep", job.origin().forkedStep())
                .param("retryOf", job.origin().retryOf())
                .param("verifies", job.origin().verifies())
                .param("experiment", job.origin().experimentId())
                .update();
    }

    @Transactional(readOnly = true)
    public Optional<Job> find(Tenant tenant, String id) {
        return database.sql("select * from job where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(Jobs::read)
                .optional();
    }

    @Transactional(readOnly = true)
    public Job get(Tenant tenant, String id) {
        return find(tenant, id).orElseThrow(() -> new JobNotFound(id));
    }

    /// Newest first; `name` is a part of the name, in any case of its letters.
    @Transactional(readOnly = true)
    public Page<Job> page(Tenant tenant, @Nullable JobState state, @Nullable String name, PageRequest request) {
        List<Job> rows = database.sql("""
                        select * from job
                         where tenant = :tenant and id < :before
                           and (:state = '' or state = :state)
                           and (:name = '' or replace(lower(name), lower(:name), '') <> lower(name))
                         order by id desc limit :fetch
                        """)
                .param("tenant", tenant.name())
                .param("before", request.before())
                .param("state", state == null ? "" : state.name())
                .param("name", name == null ? "" : name)
                .param("fetch", request.fetch())
                .query(Jobs::read)
                .list();
        return Page.of(rows, request.limit(), Job::id);
    }

    /// The jobs of an experiment that there still are, in the order in which they were made.
    @Transactional(readOnly = true)
    public List<Job> ofExperiment(Tenant tenant, String experimentId) {
        return database.sql("select * from job where experiment_id = :experiment and tenant = :tenant order by id")
                .param("experiment", experimentId)
                .param("tenant", tenant.name())
                .query(Jobs::read)
                .list();
    }

    /// The places in the queue, counted from 1, of those jobs that wait.
    @Transactional(readOnly = true)
    public Map<String, Integer> positions(List<String> ids) {
        Map<String, Integer> positions = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql("select id, position from queue_order where id in (:ids)")
                    .param("ids", ids)
                    .query(row -> {
                        positions.put(row.getString("id"), row.getInt("position"));
                    });
        }
        return positions;
    }

    /// The unfinished jobs that use a dataset.
    @Transactional(readOnly = true)
    public List<String> using(String datasetId) {
        return database.sql("""
                        select id from job
                         where dataset_id = :dataset and state in ('QUEUED', 'RUNNING', 'PAUSING', 'PAUSED', 'CANCELLING') order by id
                        """)
                .param("dataset", datasetId)
                .query((row, number) -> row.getString("id"))
                .list();
    }

    /// The jobs that repeat this one, the latest first.
    @Transactional(readOnly = true)
    public List<Job> verifying(Tenant tenant, String id) {
        return database.sql("select * from job where verifies = :id and tenant = :tenant order by id desc")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(Jobs::read)
                .list();
    }

    /// Removes a job that has ended; says whether it was there.
    public boolean delete(Tenant tenant, String id) {
        return database.sql(
                                "delete from job where id = :id and tenant = :tenant and state in ('SUCCEEDED', 'FAILED', 'CANCELLED')")
                        .param("id", id)
                        .param("tenant", tenant.name())
                        .update()
                == 1;
    }

    private static Job read(ResultSet row, int number) throws SQLException {
        String reason = row.getString("reason");
        return new Job(
                row.getString("id"),
                row.getString("name"),
                row.getString("dataset_id"),
                JobState.valueOf(row.getString("state")),
                reason == null ? null : Reason.valueOf(reason),
                row.getString("message"),
                row.getInt("priority"),
                row.getLong("mem_bytes"),
                row.getLong("fence"),
                row.getInt("crashes"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "started_at"),
                time(row, "finished_at"),
                row.getString("spec"),
                row.getString("plan"),
                row.getString("progress"),
                row.getString("model_id"),
                row.getInt("bit_exact") == 1,
                origin(row),
                row.getString("verification"));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        long step = row.getLong("forked_step");
        boolean forked = !row.wasNull();
        return new Origin(
                row.getString("forked_from"),
                forked ? step : null,
                row.getString("retry_of"),
                row.getString("verifies"),
                row.getString("experiment_id"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
