package dev.descent.dataset;

import dev.descent.core.data.Column;
import dev.descent.core.data.Table;
import dev.descent.core.data.Warning;
import dev.descent.fault.Damaged;
import dev.descent.storage.Blobs;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The datasets that are kept: a row each, and two blobs, the bytes as uploaded and the table made of them.
@Component
public class Datasets {

    private final JdbcClient database;
    private final JsonMapper json;
    private final Blobs blobs;
    private final ObjectProvider<DatasetUse> uses;

    Datasets(JdbcClient database, JsonMapper json, Blobs blobs, ObjectProvider<DatasetUse> uses) {
        this.database = database;
        this.json = json;
        this.blobs = blobs;
        this.uses = uses;
    }

    /// What a row holds of a dataset beside what is searched for.
    private record Summary(List<Column> columns, List<Warning> warnings, Source source) {}

    @Transactional(readOnly = true)
    public Dataset find(Tenant tenant, String id) {
        return database.sql("select * from dataset where id = :id and tenant = :tenant")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(this::read)
                .optional()
                .orElseThrow(() -> new DatasetNotFound(id));
    }

    /// Finds the dataset, and keeps everybody from deleting it until the caller's transaction has ended.
    @Transactional(propagation = Propagation.MANDATORY)
    public Dataset hold(Tenant tenant, String id) {
        return database.sql("update dataset set name = name where id = :id and tenant = :tenant returning *")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(this::read)
                .optional()
                .orElseThrow(() -> new DatasetNotFound(id));
    }

    /// The dataset with this id, or else the newest with this name.
    @Transactional(readOnly = true)
    public Dataset resolve(Tenant tenant, String idOrName) {
        return database.sql("""
                select * from dataset
                 where tenant = :tenant and (id = :sought or name = :sought)
                 order by case when id = :sought then 0 else 1 end, id desc limit 1
                """)
                .param("tenant", tenant.name())
                .param("sought", idOrName)
                .query(this::read)
                .optional()
                .orElseThrow(() -> new DatasetNotFound(idOrName));
    }

    /// Opens the dataset's table; whoever asked closes it. A file that is not as it was written is [Damaged].
    public Table open(Dataset dataset) {
        String what = "the table of dataset " + dataset.id();
        Path file = blobs.verified(dataset.sha256(), what);
        try {
            var channel = FileChannel.open(file);
            try {
                return Table.open(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Damaged(what + " cannot be read: " + e.getMessage());
        }
    }

    /// The same, of the dataset with this id.
    @Transactional(readOnly = true)
    public Table open(Tenant tenant, String id) {
        return open(find(tenant, id));
    }

    /// Where the bytes that were uploaded are: those of the part `file`, or else of `labels`.
    Path content(Dataset dataset, String sha256) {
        return blobs.verified(sha256, "the uploaded file of dataset " + dataset.id());
    }

    /// Newest first; with `part`, those whose name contains it in any case.
    @Transactional(readOnly = true)
    public Page<Dataset> list(Tenant tenant, @Nullable String part, PageRequest page) {
        var rows = database.sql("""
                select * from dataset
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
        return Page.of(rows, page.limit(), Dataset::id);
    }

    /// Keeps a dataset whose blobs are durable and held.
    @Transactional
    Dataset add(Tenant tenant, Dataset dataset) {
        database.sql("""
                insert into dataset (id, tenant, name, row_count, bytes, content_sha256, labels_sha256, table_sha256,
                                     summary, created_at)
                values (:id, :tenant, :name, :rows, :bytes, :content, :labels, :table, :summary, :createdAt)
                """)
                .param("id", dataset.id())
                .param("tenant", tenant.name())
                .param("name", dataset.name())
                .param("rows", dataset.rows())
                .param("bytes", dataset.bytes())
                .param("content", dataset.contentSha256())
                .param("labels", dataset.labelsSha256())
                .param("table", dataset.sha256())
                .param(
                        "summary",
                        json.writeValueAsString(new Summary(dataset.columns(), dataset.warnings(), dataset.source())))
                .param("createdAt", dataset.createdAt().toEpochMilli())
                .update();
        return dataset;
    }

    /// Forgets a dataset that no unfinished job needs; its blobs go unless another row names them.
    @Transactional
    public void delete(Tenant tenant, String id) {
        // first the write, for which whoever holds the dataset has to end; then the jobs are asked
        Dataset dataset = database.sql("delete from dataset where id = :id and tenant = :tenant returning *")
                .param("id", id)
                .param("tenant", tenant.name())
                .query(this::read)
                .optional()
                .orElseThrow(() -> new DatasetNotFound(id));
        List<String> jobs = uses.orderedStream()
                .flatMap(use -> use.jobsNeeding(id).stream())
                .toList();
        if (!jobs.isEmpty()) {
            throw new DatasetInUse(id, jobs);
        }
        blobs.delete(dataset.contentSha256());
        if (dataset.labelsSha256() != null) {
            blobs.delete(dataset.labelsSha256());
        }
        blobs.delete(dataset.sha256());
    }

    private Dataset read(ResultSet row, int number) throws SQLException {
        Summary summary = json.readValue(row.getString("summary"), Summary.class);
        return new Dataset(
                row.getString("id"),
                row.getString("name"),
                row.getLong("row_count"),
                summary.columns().size(),
                summary.columns(),
                row.getString("table_sha256"),
                row.getString("content_sha256"),
                row.getString("labels_sha256"),
                row.getLong("bytes"),
                summary.source(),
                summary.warnings(),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
