package dev.descent.training;

import dev.descent.storage.Blobs;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.StateConflict;
import dev.descent.training.recording.Recordings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Forgets a job that has ended, and frees what it recorded. Its model stays.
@Component
public class DeleteJob {

    private final Jobs jobs;
    private final Recordings recordings;
    private final Checkpoints checkpoints;
    private final Blobs blobs;

    DeleteJob(Jobs jobs, Recordings recordings, Checkpoints checkpoints, Blobs blobs) {
        this.jobs = jobs;
        this.recordings = recordings;
        this.checkpoints = checkpoints;
        this.blobs = blobs;
    }

    @Transactional
    public void delete(Tenant tenant, String id) {
        List<String> files = new ArrayList<>(recordings.blobs(id));
        checkpoints.of(id).forEach(one -> files.add(one.sha256()));
        if (!jobs.delete(tenant, id)) {
            Job job = jobs.get(tenant, id);
            throw new StateConflict(
                    "job " + id + " is " + job.state() + "; only a job that has ended can be deleted: cancel it first");
        }
        files.forEach(blobs::delete);
    }
}
