package dev.descent.training.queue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The attempts at jobs: each a row, which the claim inserts.
@Repository
public class Attempts {

    private final JdbcClient database;
    private final JsonMapper json;

    Attempts(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /// What the bits of an attempt's run depend on, and what it ran on.
    ///
    /// @param engine the version of this program
    /// @param architecture of the processor, as Java calls it
    /// @param vectors whether products were computed by vector instructions; no bit depends on it
    /// @param step updates that had been made: by earlier attempts, or by the job that this one was forked from
    /// @param round how often the run had begun again after it diverged
    /// @param tableSha256 of the dataset's canonical table
    /// @param splitSha256 of the training, validation and test rows
    /// @param weightsSha256 of all weights, biases and running statistics in layer order
    @Schema(name = "AttemptBeginning")
    public record Beginning(
            String engine,
            String java,
            String architecture,
            boolean vectors,
            long step,
            long round,
            String tableSha256,
            String splitSha256,
            String weightsSha256) {}

    /// What an attempt's run came to.
    ///
    /// @param epochs epochs begun
    @Schema(name = "AttemptEnd")
    public record End(long step, long epochs, long round, String weightsSha256) {}

    /// An attempt's row.
    ///
    /// @param beginning null until the run has begun
    /// @param end null until it has ended, and for ever where the process died
    @Schema(name = "JobAttempt")
    public record Kept(
            long attempt,
            String node,
            Instant startedAt,
            @Nullable Beginning beginning,
            @Nullable End end) {}

    /// The attempts at a job, the first one first.
    @Transactional(readOnly = true)
    public List<Kept> of(String jobId) {
        return database.sql("select * from attempt where job_id = :job order by fence")
                .param("job", jobId)
                .query(this::read)
                .list();
    }

    @Transactional
    public void began(Claim claim, Beginning beginning) {
        database.sql("update attempt set beginning = :beginning where job_id = :job and fence = :fence")
                .param("beginning", json.writeValueAsString(beginning))
                .param("job", claim.jobId())
                .param("fence", claim.fence())
                .update();
    }

    /// In the transaction that ends the attempt.
    public void ended(Claim claim, End end) {
        database.sql("update attempt set ending = :ending where job_id = :job and fence = :fence")
                .param("ending", json.writeValueAsString(end))
                .param("job", claim.jobId())
                .param("fence", claim.fence())
                .update();
    }

    private Kept read(ResultSet row, int number) throws SQLException {
        String beginning = row.getString("beginning");
        String ending = row.getString("ending");
        return new Kept(
                row.getLong("fence"),
                row.getString("node"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                beginning == null ? null : json.readValue(beginning, Beginning.class),
                ending == null ? null : json.readValue(ending, End.class));
    }
}
