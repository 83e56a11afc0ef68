package dev.descent.experiment;

import dev.descent.storage.Idempotency;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import dev.descent.training.JobViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Experiment.PATH)
@Tag(
        name = Experiment.TAG,
        description = "Train in several ways from the same weights and the same order of batches, and compare.")
class ExperimentController {

    private final PlanExperiment planExperiment;
    private final SteerExperiment steer;
    private final Experiments experiments;
    private final ExperimentViews views;
    private final JobViews jobViews;
    private final Idempotency idempotency;

    ExperimentController(
            PlanExperiment planExperiment,
            SteerExperiment steer,
            Experiments experiments,
            ExperimentViews views,
            JobViews jobViews,
            Idempotency idempotency) {
        this.planExperiment = planExperiment;
        this.steer = steer;
        this.experiments = experiments;
        this.views = views;
        this.jobViews = jobViews;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Operation(
            summary = "Train variants of a job from the same weights and in the same order of batches",
            description = """
                    Every variant becomes an ordinary training job, with the bits of the same job submitted alone: \
                    all of them are queued, or none. Where a variant would shift the order of the batches, because it \
                    draws other weights or masks before them, all get a batchSeed, from which the batches \
                    are drawn and nothing else. `paired` says what is the same in all variants to the last bit, \
                    and what cannot be.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "Four optimizers on the generated parabola",
                                                            value = ExperimentExamples.OPTIMIZERS))))
    @ApiResponse(
            responseCode = "202",
            description = "All jobs are stored and will run",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the experiment is"),
            content = @Content(schema = @Schema(implementation = ExperimentAnswer.class)))
    @ApiResponse(
            responseCode = "200",
            description =
                    "With validateOnly: the experiment would be accepted, and this is what each variant would take",
            content = @Content(schema = @Schema(implementation = ExperimentAnswer.Planned.class)))
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "422", description = "A variant cannot be: each error says where and why")
    @ApiResponse(
            responseCode = "429",
            description = "The tenant's share of the queue has not as many places as there are variants")
    @ApiResponse(
            responseCode = "503",
            description =
                    "The queue has not as many places as there are variants, running jobs leave no memory to draw the weights in, or the service is shutting down")
    ResponseEntity<?> submit(
            Tenant tenant,
            @RequestBody ExperimentRequest request,
            @Parameter(description = "Check and plan all variants, but store nothing")
                    @RequestParam(defaultValue = "false")
                    boolean validateOnly,
            @Parameter(
                            description =
                                    "A name for this request: sent again with the same name, it makes no second experiment")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key) {
        if (validateOnly) {
            return ResponseEntity.ok(views.plan(planExperiment.plan(tenant, request)));
        }
        return idempotency.once(
                tenant,
                key,
                "POST " + Experiment.PATH,
                request,
                () -> planExperiment.plan(tenant, request),
                planned -> submit(tenant, planned));
    }

    private ResponseEntity<ExperimentAnswer> submit(Tenant tenant, PlanExperiment.Planned planned) {
        String id = steer.submit(tenant, planned);
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .location(URI.create(Experiment.PATH + "/" + id))
                .body(views.show(tenant, id));
    }

    @GetMapping
    @Operation(summary = "List the experiments, newest first")
    @ApiResponse(responseCode = "200", description = "Up to `limit` experiments, without their jobs")
    @ApiResponse(responseCode = "422", description = "The limit is out of range")
    Page<ExperimentAnswer.Summary> list(
            Tenant tenant,
            @Parameter(description = "Part of the name, in any case") @RequestParam(required = false) @Nullable
                    String q,
            @Parameter(description = "How many at most, 1 to 500; 50 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String after) {
        return views.summarize(experiments.page(tenant, q, PageRequest.of(limit, after, Experiment.PREFIX)));
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Read an experiment: what is paired, what differs, and what has become of each variant",
            description = "Poll with If-None-Match and the ETag of the last answer.")
    @ApiResponse(
            responseCode = "200",
            description = "The experiment",
            headers = @Header(name = HttpHeaders.ETAG, description = "Changes whenever the answer does"))
    @ApiResponse(responseCode = "304", description = "Nothing has changed", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such experiment")
    ResponseEntity<ExperimentAnswer> find(Tenant tenant, @PathVariable String id) {
        ExperimentAnswer experiment = views.show(tenant, id);
        return ResponseEntity.ok().eTag(jobViews.tag(experiment)).body(experiment);
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Stop every variant that has not ended",
            description = "Waiting jobs are cancelled at once, running ones within a step. Those that have ended stay.")
    @ApiResponse(responseCode = "202", description = "The jobs are cancelled, or will be within a step")
    @ApiResponse(responseCode = "404", description = "There is no such experiment")
    @ApiResponse(responseCode = "409", description = "All jobs have ended, and not all of them were cancelled")
    ResponseEntity<ExperimentAnswer> cancel(Tenant tenant, @PathVariable String id) {
        steer.cancel(tenant, id);
        return ResponseEntity.accepted().body(views.show(tenant, id));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Forget an experiment that has ended",
            description = "Its jobs go with it, their events and recordings too; their models stay.")
    @ApiResponse(responseCode = "204", description = "The experiment is gone")
    @ApiResponse(responseCode = "404", description = "There is no such experiment")
    @ApiResponse(responseCode = "409", description = "Not all of its jobs have ended: cancel it first")
    ResponseEntity<Void> delete(Tenant tenant, @PathVariable String id) {
        steer.delete(tenant, id);
        return ResponseEntity.noContent().build();
    }
}
