package dev.descent.training.provenance;

import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows where jobs' bits come from.
@RestController
@RequestMapping(Job.PATH + "/{id}/provenance")
@Tag(name = Job.TAG)
class ProvenanceController {

    private final Jobs jobs;
    private final ReadProvenance readProvenance;

    ProvenanceController(Jobs jobs, ReadProvenance readProvenance) {
        this.jobs = jobs;
        this.readProvenance = readProvenance;
    }

    @GetMapping
    @Operation(
            summary = "Tell where a job's bits come from, and all that it takes to get them again",
            description = """
                    The spec and the data, with the digests of both; the split; what each attempt began with, from \
                    which step, on which version, Java and processor; the digests of the initial weights, of the \
                    checkpoints, of everything recorded and of the final weights. `verifications` are the jobs that \
                    trained it again (POST verify), and what came out.""")
    @ApiResponse(responseCode = "200", description = "What is known so far")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    JobProvenance provenance(Tenant tenant, @PathVariable String id) {
        return readProvenance.of(tenant, jobs.get(tenant, id));
    }
}
