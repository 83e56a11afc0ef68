package dev.descent.model;

import dev.descent.core.nn.Network;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.Blobs;
import dev.descent.storage.Ids;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The models: a row that is listed, and a file that holds everything.
///
/// A run that succeeded writes the file first and inserts the row in the transaction that ends the job:
/// ```java
/// try (WrittenModel written = models.write(description, network)) {
///     transactions.execute(status -> models.add(tenant, written, name, jobId));
/// }
/// ```
@Component
public class Models {

    static final String PREFIX = "mdl";
    private static final int BUFFER = 1 << 16;

    private final JdbcClient database;
    private final Blobs blobs;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Models(JdbcClient database, Blobs blobs, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /// Writes a model's file; `network` holds its weights. It is durable when this returns. Not within a transaction.
    public WrittenModel write(ModelDescription description, Network network) {
        requireSame(description, network);
        BlobWriter writer = blobs.open();
        try {
            var buffered = new BufferedOutputStream(writer, BUFFER);
            BundleFile.write(description, network, json, buffered);
            buffered.flush();
            return new WrittenModel(writer, writer.commit(), ModelSummary.of(description));
        } catch (IOException e) {
            writer.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static void requireSame(ModelDescription description, Network network) {
        if (!network.spec().equals(description.network())
                || network.precision() != description.precision()
                || !network.digest().equals(description.provenance().weightsSha256())) {
            throw new IllegalArgumentException("the network is not the one that is described");
        }
    }

    /// Inserts the row of a written model, within the caller's transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public StoredModel add(Tenant tenant, WrittenModel written, @Nullable String name, @Nullable String jobId) {
        var model = new StoredModel(
                ids.next(PREFIX),
                name,
                jobId,
                written.sha256(),
                written.summary(),
                Instant.ofEpochMilli(clock.millis()));
        database.sql("""
                insert into model (id, tenant, name, job_id, bundle_sha256, summary, created_at)
                values (:id, :tenant, :name, :jobId, :sha256, :summary, :createdAt)
                """)
                .param("id", model.id())
                .param("tenant", tenant.name())
                .param("name", name)
                .param("jobId", jobId)
                .param("sha256", model.bundleSha256())
                .param("summary", json.writeValueAsString(model.summary()))
                .param("createdAt", model.createdAt().toEpochMilli())
                .update();
        return model;
    }

    @Transactional(readOnly = true)
    public StoredModel find(Tenant tenant, String id) {
        return database.sql("select * from model where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(this::read)
                .optional()
                .orElseThrow(() -> new ModelNotFound(id));
    }

    /// Newest first; with `part`, those whose name contains it in any case.
    @Transactional(readOnly = true)
    public Page<StoredModel> list(Tenant tenant, @Nullable String part, PageRequest page) {
        var rows = database.sql("""
                select * from model
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
        return Page.of(rows, page.limit(), StoredModel::id);
    }

    /// Deletes the row, and the file unless another model has the same.
    @Transactional
    public void delete(Tenant tenant, String id) {
        String sha256 = find(tenant, id).bundleSha256();
        database.sql("delete from model where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .update();
        blobs.delete(sha256);
    }

    private StoredModel read(ResultSet row, int number) throws SQLException {
        return new StoredModel(
                row.getString("id"),
                row.getString("name"),
                row.getString("job_id"),
                row.getString("bundle_sha256"),
                json.readValue(row.getString("summary"), ModelSummary.class),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
