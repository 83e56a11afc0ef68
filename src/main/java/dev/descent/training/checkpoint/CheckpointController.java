package dev.descent.training.checkpoint;

import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows from where jobs can go on.
@RestController
@RequestMapping(Job.PATH + "/{id}/checkpoints")
@Tag(name = Job.TAG)
class CheckpointController {

    private final Jobs jobs;
    private final Checkpoints checkpoints;

    CheckpointController(Jobs jobs, Checkpoints checkpoints) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
    }

    @GetMapping
    @Operation(summary = "List a job's checkpoints, latest first", description = """
                    A running job keeps where it is every ten seconds, when it is paused or given back, and when it \
                    ends. The last two are there, and the one with the least loss; a job that succeeded keeps its last \
                    and its best, a cancelled one none. A fork keeps the one that it began with as long as it is there.""")
    @ApiResponse(responseCode = "200", description = "The checkpoints there are")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    JobCheckpoints list(Tenant tenant, @PathVariable String id) {
        List<KeptCheckpoint> kept = checkpoints.of(jobs.get(tenant, id).id());
        KeptCheckpoint best = Checkpoints.best(kept).orElse(null);
        return new JobCheckpoints(kept.stream()
                .map(one -> JobCheckpoint.of(one, one.equals(best)))
                .toList());
    }

    /// @param data the latest first
    record JobCheckpoints(List<JobCheckpoint> data) {}

    /// @param step updates made
    /// @param epoch epochs begun
    /// @param loss of the last epoch that had ended: over the held-out rows, without such the training loss
    /// @param best whether that is the least of all
    /// @param attempt which attempt at the job wrote it; 0 for the one that a fork began with
    /// @param seconds trained until then
    /// @param sha256 of the file
    record JobCheckpoint(
            long step,
            long epoch,
            @Nullable Double loss,
            boolean best,
            long attempt,
            double seconds,
            long bytes,
            String sha256,
            Instant createdAt) {

        static JobCheckpoint of(KeptCheckpoint kept, boolean best) {
            return new JobCheckpoint(
                    kept.step(),
                    kept.epoch(),
                    kept.loss(),
                    best,
                    kept.fence(),
                    kept.seconds(),
                    kept.bytes(),
                    kept.sha256(),
                    kept.createdAt());
        }
    }
}
