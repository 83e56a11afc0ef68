package dev.descent.network;

import dev.descent.core.nn.NetworkSpec;
import dev.descent.storage.Ids;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The networks that were described to the service.
@Component
public class Networks {

    static final String PREFIX = "net";

    private final JdbcClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Networks(JdbcClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    public SavedNetwork add(Tenant tenant, @Nullable String name, NetworkSpec spec) {
        var network = new SavedNetwork(ids.next(PREFIX), name, spec, Instant.ofEpochMilli(clock.millis()));
        database.sql("""
                insert into network (id, tenant, name, spec, created_at)
                values (:id, :tenant, :name, :spec, :createdAt)
                """)
                .param("id", network.id())
                .param("tenant", tenant.name())
                .param("name", name)
                .param("spec", json.writeValueAsString(spec))
                .param("createdAt", network.createdAt().toEpochMilli())
                .update();
        return network;
    }

    /// The newest network of this name that is this very one.
    @Transactional(readOnly = true)
    public Optional<SavedNetwork> find(Tenant tenant, String name, NetworkSpec spec) {
        return database.sql("""
                select * from network
                 where tenant = :tenant and name = :name and spec = :spec
                 order by id desc limit 1
                """)
                .param("tenant", tenant.name())
                .param("name", name)
                .param("spec", json.writeValueAsString(spec))
                .query(this::read)
                .optional();
    }

    @Transactional(readOnly = true)
    public SavedNetwork find(Tenant tenant, String id) {
        return database.sql("select * from network where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(this::read)
                .optional()
                .orElseThrow(() -> new NetworkNotFound(id));
    }

    /// Newest first; with `part`, those whose name contains it in any case.
    @Transactional(readOnly = true)
    public Page<SavedNetwork> list(Tenant tenant, @Nullable String part, PageRequest page) {
        var rows = database.sql("""
                select * from network
                 where tenant = :tenant and id < :before
                   and (:part = '' or replace(lower(name), lower(:part), '') <> lower(name))
                 order by id desc limit :fetch
                """)
                .param("tenant", tenant.name())
                .param("before", page.before())
                .param("part", part == null ? "" : part)
                .param("fetch", page.fetch())
                .query(this::read)
                .list();
        return Page.of(rows, page.limit(), SavedNetwork::id);
    }

    @Transactional
    public void delete(Tenant tenant, String id) {
        int deleted = database.sql("delete from network where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .update();
        if (deleted == 0) {
            throw new NetworkNotFound(id);
        }
    }

    private SavedNetwork read(ResultSet row, int number) throws SQLException {
        return new SavedNetwork(
                row.getString("id"),
                row.getString("name"),
                json.readValue(row.getString("spec"), NetworkSpec.class),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
