package dev.descent.experiment;

import dev.descent.experiment.Experiment.Begun;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The rows of experiments. In what state one is, the rows of its jobs say.
@Repository
class Experiments {

    private final JdbcClient database;
    private final JsonMapper json;

    Experiments(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /// Belongs to the transaction that inserts the jobs.
    @Transactional(propagation = Propagation.MANDATORY)
    public void insert(Tenant tenant, Experiment experiment) {
        database.sql("""
                        insert into experiment (id, tenant, name, request, jobs, paired, created_at)
                        values (:id, :tenant, :name, :request, :jobs, :paired, :created)
                        """)
                .param("id", experiment.id())
                .param("tenant", tenant.name())
                .param("name", experiment.name())
                .param("request", json.writeValueAsString(experiment.request()))
                .param("jobs", json.writeValueAsString(experiment.jobs()))
                .param("paired", json.writeValueAsString(experiment.paired()))
                .param("created", experiment.createdAt().toEpochMilli())
                .update();
    }

    @Transactional(readOnly = true)
    public Experiment get(Tenant tenant, String id) {
        return database.sql("select * from experiment where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(this::read)
                .optional()
                .orElseThrow(() -> new ExperimentNotFound(id));
    }

    /// Newest first; `name` is a part of the name, in any case of its letters.
    @Transactional(readOnly = true)
    public Page<Experiment> page(Tenant tenant, @Nullable String name, PageRequest request) {
        List<Experiment> rows = database.sql("""
                        select * from experiment
                         where tenant = :tenant and id < :before
                           and (:name = '' or replace(lower(name), lower(:name), '') <> lower(name))
                         order by id desc limit :fetch
                        """)
                .param("tenant", tenant.name())
                .param("before", request.before())
                .param("name", name == null ? "" : name)
                .param("fetch", request.fetch())
                .query(this::read)
                .list();
        return Page.of(rows, request.limit(), Experiment::id);
    }

    /// How many jobs of each experiment are in which state; an experiment without jobs is missing.
    @Transactional(readOnly = true)
    public Map<String, Map<JobState, Integer>> states(List<String> ids) {
        Map<String, Map<JobState, Integer>> states = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql("""
                            select experiment_id, state, count(*) as jobs from job
                             where experiment_id in (:ids) group by experiment_id, state
                            """).param("ids", ids).query(row -> {
                states.computeIfAbsent(row.getString("experiment_id"), id -> new EnumMap<>(JobState.class))
                        .put(JobState.valueOf(row.getString("state")), row.getInt("jobs"));
            });
        }
        return states;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void delete(Tenant tenant, String id) {
        database.sql("delete from experiment where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .update();
    }

    private Experiment read(ResultSet row, int number) throws SQLException {
        return new Experiment(
                row.getString("id"),
                row.getString("name"),
                json.readValue(row.getString("request"), ExperimentRequest.class),
                List.of(json.readValue(row.getString("jobs"), Begun[].class)),
                json.readValue(row.getString("paired"), Paired.class),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
