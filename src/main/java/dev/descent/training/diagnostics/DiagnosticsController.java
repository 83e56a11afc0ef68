package dev.descent.training.diagnostics;

import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobDiagnostic;
import dev.descent.training.queue.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows what seems wrong with a job.
@RestController
@RequestMapping(Job.PATH + "/{id}/diagnostics")
@Tag(name = Job.TAG)
class DiagnosticsController {

    private final Jobs jobs;
    private final JobDiagnostics diagnostics;

    DiagnosticsController(Jobs jobs, JobDiagnostics diagnostics) {
        this.jobs = jobs;
        this.diagnostics = diagnostics;
    }

    @GetMapping
    @Operation(
            summary = "List what seems wrong with a job: dead units, vanishing gradients, a rate too high, ...",
            description = """
                    While a job trains, a sample of its training rows is passed through the network now and then, and \
                    its activations, gradients and losses are looked through for what commonly goes wrong. Each finding \
                    is told once for its rule and layer, and again only when it has become worse, here and as the event \
                    `diagnostic`. Severity `info` is common in runs that go well. The run's bits do not depend on it.""")
    @ApiResponse(responseCode = "200", description = "What was found so far, in the order it was")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    FoundDiagnostics list(Tenant tenant, @PathVariable String id) {
        return new FoundDiagnostics(diagnostics.of(jobs.get(tenant, id).id()));
    }

    /// @param data in the order in which it was found
    record FoundDiagnostics(List<JobDiagnostic> data) {}
}
