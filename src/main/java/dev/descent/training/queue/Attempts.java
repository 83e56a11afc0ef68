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
    /// @param tableSha256 of the dataset's canonical table
    /// @param splitSha256 of the training, validation and test rows
    @Schema(name = "AttemptBeginning")
    public record Beginning(
            @Schema(description = "The version of this program")
            String engine,

            String java,

            @Schema(description = "Of the processor", example = "amd64")
            String architecture,

            @Schema(description = "Whether it computed with vector instructions; the bits do not depend on it")
            boolean vectors,

            @Schema(
                    description =
                            "Updates that had been made: by earlier attempts, or by the job that this one was forked from")
            long step,

            @Schema(description = "How often the run had begun again after it diverged")
            long round,

            String tableSha256,
            String splitSha256,

            @Schema(description = "Of all weights, biases and running statistics in layer order")
            String weightsSha256) {}

    /// What an attempt's run came to.
    ///
    /// @param epochs epochs begun
    @Schema(name = "AttemptEnd")
    public record End(long step, long epochs, long round, String weightsSha256) {}

    /// An attempt's row.
    ///
    @Schema(name = "JobAttempt")
    public record Kept(
            long attempt,

            @Schema(description = "The process that made it: host, process id, and a random name")
            String node,

            Instant startedAt,

            @Schema(description = "Null until the run has begun") @Nullable
            Beginning beginning,

            @Schema(description = "Null until it has ended, and for ever where the process died") @Nullable
            End end) {}

    /// The attempts at a job, the first one first.
    @Transactional(readOnly = true)
    public List<Kept> of(String jobId) {
        return database.sql("select * from attempt where job_id = :job order by fence")
                .param("job", jobId)
                .query(this::read)
                .list();
    }

    /// @param wroteCheckpoint the version of this program that wrote the job's checkpoint with which the attempt
    /// begins;
    /// null where it begins as the job does
    @Transactional
    public void began(Claim claim, Beginning beginning, @Nullable String wroteCheckpoint) {
        if (wroteCheckpoint == null || !wroteCheckpoint.equals(beginning.engine())) {
            database.sql("update job set bit_exact = :exact where id = :job and fence = :fence")
                    .param("exact", wroteCheckpoint == null ? 1 : 0)
                    .param("job", claim.jobId())
                    .param("fence", claim.fence())
                    .update();
        }
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
