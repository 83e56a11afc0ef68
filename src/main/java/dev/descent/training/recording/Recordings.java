package dev.descent.training.recording;

import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.Blobs;
import dev.descent.storage.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// The files that jobs record: while a job runs in a directory of its attempt, once it has ended as blobs.
@Repository
public class Recordings {

    private static final int CHUNK = 1 << 16;

    private final DataDirectory directory;
    private final Blobs blobs;
    private final JdbcClient database;
    private final Clock clock;

    Recordings(DataDirectory directory, Blobs blobs, JdbcClient database, Clock clock) {
        this.directory = directory;
        this.blobs = blobs;
        this.database = database;
        this.clock = clock;
    }

    /// Where an attempt writes.
    public Path directory(String jobId, long fence) {
        return directory.runs().resolve(jobId + "-" + fence);
    }

    /// Copies into blobs what a job has recorded up to this attempt, or the last before it if this one had not begun
    /// to;
    /// they stay pinned until the writers are closed.
    public Map<Kind, BlobWriter> keep(String jobId, long fence) {
        return attempts(jobId, fence).stream().findFirst().map(this::keep).orElse(Map.of());
    }

    private Map<Kind, BlobWriter> keep(Path attempt) {
        Map<Kind, BlobWriter> kept = new EnumMap<>(Kind.class);
        try {
            for (Kind kind : Kind.values()) {
                Path file = attempt.resolve(kind.fileName());
                if (Files.exists(file)) {
                    BlobWriter writer = blobs.open();
                    kept.put(kind, writer);
                    copy(file, writer);
                    writer.commit();
                }
            }
            return kept;
        } catch (IOException e) {
            kept.values().forEach(BlobWriter::close);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            kept.values().forEach(BlobWriter::close);
            throw e;
        }
    }

    /// Names a job's blobs in its rows.
    public void insert(String jobId, Map<Kind, BlobWriter> kept) {
        kept.forEach((kind, writer) -> {
            Blob blob = writer.commit();
            database.sql("insert into job_record (job_id, kind, sha256, bytes) values (:job, :kind, :sha256, :bytes)")
                    .param("job", jobId)
                    .param("kind", kind.name())
                    .param("sha256", blob.sha256())
                    .param("bytes", blob.bytes())
                    .update();
        });
    }

    /// The file of a job that has ended, whose content was looked at; empty when it never recorded this.
    @Transactional(readOnly = true)
    public Optional<Path> file(String jobId, Kind kind) {
        return database.sql("select sha256 from job_record where job_id = :job and kind = :kind")
                .param("job", jobId)
                .param("kind", kind.name())
                .query((row, number) -> row.getString("sha256"))
                .optional()
                .map(sha256 -> blobs.verified(sha256, "what job " + jobId + " recorded as " + kind.fileName()));
    }

    /// A file that a job has recorded.
    public record Recorded(Kind kind, String sha256, long bytes) {}

    /// The files of a job that has ended.
    @Transactional(readOnly = true)
    public List<Recorded> of(String jobId) {
        return database
                .sql("select kind, sha256, bytes from job_record where job_id = :job")
                .param("job", jobId)
                .query((row, number) -> new Recorded(
                        Kind.valueOf(row.getString("kind")), row.getString("sha256"), row.getLong("bytes")))
                .list()
                .stream()
                .sorted(Comparator.comparing(Recorded::kind))
                .toList();
    }

    /// The hashes of a job's blobs.
    public List<String> blobs(String jobId) {
        return database.sql("select sha256 from job_record where job_id = :job")
                .param("job", jobId)
                .query((row, number) -> row.getString("sha256"))
                .list();
    }

    /// Where the attempts of a job, up to this one, have written, the latest first.
    public List<Path> attempts(String jobId, long fence) {
        try (Stream<Path> directories = Files.list(directory.runs())) {
            return directories
                    .filter(each -> isOf(each, jobId) && fence(each) <= fence)
                    .sorted(Comparator.comparingLong(Recordings::fence).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes what the attempts of a job before this one wrote.
    public void discardBefore(String jobId, long fence) {
        attempts(jobId, fence - 1).forEach(this::discard);
    }

    /// Removes everything that the attempts of a job wrote up to this one.
    public void discardUpTo(String jobId, long fence) {
        discardBefore(jobId, fence + 1);
    }

    private static boolean isOf(Path attempt, String jobId) {
        String name = attempt.getFileName().toString();
        return name.startsWith(jobId + "-") && !name.endsWith(Recorder.PART);
    }

    private static long fence(Path attempt) {
        String name = attempt.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }

    /// Removes what an attempt wrote.
    public void discard(Path attempt) {
        remove(attempt.resolveSibling(attempt.getFileName() + Recorder.PART));
        remove(attempt);
    }

    private static void remove(Path attempt) {
        if (!Files.exists(attempt)) {
            return;
        }
        try (Stream<Path> files = Files.list(attempt)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(attempt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes what attempts of an earlier process left but nobody needs: of jobs that are gone or have ended,
    /// and what was begun and not finished. The others' attempts are what their jobs go on from. What is
    /// younger than `grace` may be at work: other processes begin attempts and forks before a row tells of
    /// them.
    @Transactional(readOnly = true)
    public void discardLeftovers(Duration grace) {
        Instant limit = clock.instant().minus(grace);
        Set<String> unfinished = database.sql(
                        "select id from job where state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')")
                .query((row, number) -> row.getString("id"))
                .set();
        try (Stream<Path> attempts = Files.list(directory.runs())) {
            for (Path attempt : attempts.toList()) {
                String name = attempt.getFileName().toString();
                int dash = name.lastIndexOf('-');
                boolean needed =
                        !name.endsWith(Recorder.PART) && dash > 0 && unfinished.contains(name.substring(0, dash));
                if (!needed && !Files.getLastModifiedTime(attempt).toInstant().isAfter(limit)) {
                    remove(attempt);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path file, BlobWriter writer) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                writer.write(chunk, 0, n);
            }
        }
    }
}
