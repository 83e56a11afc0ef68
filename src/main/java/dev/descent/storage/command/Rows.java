package dev.descent.storage.command;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/// The database as a command sees it: read only.
final class Rows implements AutoCloseable {

    private static final int BUSY_MILLIS = 10_000;

    /// Who names which file, in words, and how long it is where the row says so.
    private static final List<String> OWNERS = List.of(
            "select table_sha256 as sha256, 'the table of dataset ' || id as owner, -1 as bytes from dataset",
            """
            select content_sha256 as sha256, 'the uploaded file of dataset ' || id as owner,
                   case when labels_sha256 is null then bytes else -1 end as bytes
              from dataset where content_sha256 is not null
            """,
            """
            select labels_sha256 as sha256, 'the labels of dataset ' || id as owner, -1 as bytes
              from dataset where labels_sha256 is not null
            """,
            "select bundle_sha256 as sha256, 'the file of model ' || id as owner, -1 as bytes from model",
            "select sha256, 'what job ' || job_id || ' recorded as ' || kind as owner, bytes from job_record",
            "select sha256, 'checkpoint ' || number || ' of job ' || job_id as owner, bytes from checkpoint",
            "select sha256, 'a file that a row names' as owner, -1 as bytes from blob_reference");

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    /// A file that rows name.
    ///
    /// @param bytes its length, -1 where no row says it
    record Reference(String sha256, String owner, long bytes) {}

    static Rows open(Source source) throws SQLException {
        if (source.url() == null) {
            return embedded(new Layout(source.root()).database());
        }
        var properties = new Properties();
        if (source.username() != null) {
            properties.setProperty("user", source.username());
        }
        if (source.password() != null) {
            properties.setProperty("password", source.password());
        }
        Connection connection = DriverManager.getConnection(source.url(), properties);
        connection.setReadOnly(true);
        return new Rows(connection);
    }

    /// Reads beside a service that writes, and leaves its log alone.
    static Rows embedded(Path file) throws SQLException {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(BUSY_MILLIS);
        return new Rows(settings.createConnection("jdbc:sqlite:" + file));
    }

    /// What the embedded database says of its own damage; empty when it finds none.
    List<String> complaints() throws SQLException {
        List<String> complaints = new ArrayList<>();
        for (String line : texts("pragma integrity_check")) {
            if (!line.equals("ok")) {
                complaints.add("the database: " + line);
            }
        }
        for (String table : texts("select \"table\" || ' names a row of ' || parent || ' that is not there'"
                + " from pragma_foreign_key_check")) {
            complaints.add("the database: a row of " + table);
        }
        return complaints;
    }

    /// Jobs that have not ended and whose dataset is gone.
    List<String> jobsWithoutData() throws SQLException {
        return texts("""
                select 'job ' || id || ' waits for dataset ' || dataset_id || ', which is not there' from job
                 where state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                   and dataset_id not in (select id from dataset) order by id
                """);
    }

    /// Attempts that were at work, as their directories in `runs` are called.
    List<String> attempts() throws SQLException {
        return texts("select id || '-' || fence from job where state in ('RUNNING', 'PAUSING', 'CANCELLING')");
    }

    /// Every file that a row names, by its hash.
    Map<String, Reference> references() throws SQLException {
        Map<String, Reference> references = new LinkedHashMap<>();
        for (String query : OWNERS) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    var found = new Reference(rows.getString(1), rows.getString(2), rows.getLong(3));
                    references.merge(
                            found.sha256(),
                            found,
                            (old, same) -> old.bytes() < 0 && same.bytes() >= 0
                                    ? new Reference(old.sha256(), old.owner(), same.bytes())
                                    : old);
                }
            }
        }
        return references;
    }

    /// Writes what the database holds at this moment into a new file.
    void copyTo(Path file) throws SQLException {
        try (var statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, file.toString());
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
