package dev.descent.training.checkpoint;

import dev.descent.core.train.Checkpoint;
import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.Blobs;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The checkpoints of jobs: a file each, and a row that names it once it is durable.
///
/// Kept are the last two of a job and the one with the least loss; of a fork, the one it began with too.
@Repository
public class Checkpoints {

    private static final int LAST = 2;
    private static final int BUFFER = 1 << 20;

    private final JdbcClient database;
    private final Blobs blobs;
    private final JobEvents events;
    private final JsonMapper json;
    private final Clock clock;

    Checkpoints(JdbcClient database, Blobs blobs, JobEvents events, JsonMapper json, Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    /// The job's checkpoints, the latest first.
    @Transactional(readOnly = true)
    public List<KeptCheckpoint> of(String jobId) {
        return database.sql("select * from checkpoint where job_id = :job order by number desc")
                .param("job", jobId)
                .query(Checkpoints::read)
                .list();
    }

    /// Of several, the one with the least loss; of equal ones the earlier.
    public static Optional<KeptCheckpoint> best(List<KeptCheckpoint> checkpoints) {
        return checkpoints.stream()
                .filter(one -> one.loss() != null)
                .min(Comparator.comparing(KeptCheckpoint::loss).thenComparing(KeptCheckpoint::number));
    }

    /// Makes the file.
    public WrittenCheckpoint write(Placement placement, Checkpoint checkpoint) {
        BlobWriter writer = blobs.open();
        try {
            var out = new BufferedOutputStream(writer, BUFFER);
            checkpoint.write(json.writeValueAsBytes(placement), out);
            out.flush();
            writer.commit();
            return new WrittenCheckpoint(placement, writer);
        } catch (IOException e) {
            writer.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /// Names a file in a row, if the job is still this attempt's and nobody has cancelled it; then tells of it, and
    /// lets go of those that are no longer kept.
    @Transactional
    public boolean add(Claim claim, WrittenCheckpoint written) {
        boolean current = database.sql("""
                                update job set fence = fence
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING')
                                """)
                        .param("id", claim.jobId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
        if (current) {
            Placement placement = written.placement();
            Blob blob = written.file().commit();
            long number = 1
                    + of(claim.jobId()).stream()
                            .mapToLong(KeptCheckpoint::number)
                            .max()
                            .orElse(0);
            insert(claim.jobId(), number, claim.fence(), placement, blob);
            events.add(
                    claim.jobId(),
                    JobEvent.CHECKPOINT,
                    new CheckpointReached(placement.step(), placement.epoch(), placement.loss(), blob.bytes()));
            keepLast(claim.jobId(), LAST);
        }
        return current;
    }

    /// Gives a job that nobody works on yet the checkpoint of another to begin with; in the transaction that makes it.
    public void lend(String jobId, WrittenCheckpoint written) {
        insert(
                jobId,
                KeptCheckpoint.FORK,
                0,
                written.placement(),
                written.file().commit());
    }

    /// Lets go of all but the last `count`, the best unless that is 0, and the one that a fork began with:
    /// without it nobody could take the fork's steps again.
    @Transactional
    public void keepLast(String jobId, int count) {
        List<KeptCheckpoint> all = of(jobId);
        Set<KeptCheckpoint> kept = new HashSet<>(all.subList(0, Math.min(count, all.size())));
        if (count > 0) {
            best(all).ifPresent(kept::add);
        }
        for (KeptCheckpoint one : all) {
            if (!kept.contains(one) && !one.forked()) {
                database.sql("delete from checkpoint where job_id = :job and number = :number")
                        .param("job", jobId)
                        .param("number", one.number())
                        .update();
                blobs.delete(one.sha256());
            }
        }
    }

    private void insert(String jobId, long number, long fence, Placement placement, Blob blob) {
        database.sql("""
                        insert into checkpoint (job_id, number, fence, sha256, bytes, step, epoch, loss, seconds, created_at)
                        values (:job, :number, :fence, :sha256, :bytes, :step, :epoch, :loss, :seconds, :created)
                        """)
                .param("job", jobId)
                .param("number", number)
                .param("fence", fence)
                .param("sha256", blob.sha256())
                .param("bytes", blob.bytes())
                .param("step", placement.step())
                .param("epoch", placement.epoch())
                .param("loss", placement.loss())
                .param("seconds", placement.seconds())
                .param("created", clock.millis())
                .update();
    }

    private static KeptCheckpoint read(ResultSet row, int number) throws SQLException {
        double loss = row.getDouble("loss");
        boolean known = !row.wasNull();
        return new KeptCheckpoint(
                row.getLong("number"),
                row.getLong("fence"),
                row.getString("sha256"),
                row.getLong("bytes"),
                row.getLong("step"),
                row.getLong("epoch"),
                known ? loss : null,
                row.getDouble("seconds"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
