package dev.descent.training.series;

import dev.descent.fault.Damaged;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.Recordings;
import dev.descent.training.recording.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Opens what jobs have recorded, wherever it is just now.
@Component
class RecordedFiles {

    /// A job can end, or start again, between the look at its row and the look at its files.
    private static final int TRIES = 5;

    private final Jobs jobs;
    private final Recordings recordings;

    RecordedFiles(Jobs jobs, Recordings recordings) {
        this.jobs = jobs;
        this.recordings = recordings;
    }

    /// Empty while nothing is recorded.
    Optional<RecordReader> open(Tenant tenant, String jobId, Kind kind, Series series) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Path> file = file(tenant, jobId, kind);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(RecordReader.open(file.get(), series));
            } catch (NoSuchFileException moved) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    private Optional<Path> file(Tenant tenant, String jobId, Kind kind) {
        try {
            return file(jobs.get(tenant, jobId), kind);
        } catch (Damaged e) {
            jobs.get(tenant, jobId); // deleted meanwhile: then nothing is damaged
            throw e;
        }
    }

    private Optional<Path> file(Job job, Kind kind) {
        return switch (job.state()) {
            case QUEUED, PAUSED, RUNNING, PAUSING, CANCELLING ->
                recordings.attempts(job.id(), job.fence()).stream()
                        .findFirst()
                        .map(attempt -> attempt.resolve(kind.fileName()));
            case SUCCEEDED, FAILED, CANCELLED -> recordings.file(job.id(), kind);
        };
    }
}
