package dev.descent.training;

import dev.descent.storage.Idempotency;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.plan.TrainingRequest;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
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
@RequestMapping(Job.PATH)
@Tag(name = Job.TAG, description = "Train a network on a dataset, and watch everything it does.")
class TrainingJobController {

    private final PlanTraining planTraining;
    private final SubmitJob submitJob;
    private final SteerJob steer;
    private final ForkJob forkJob;
    private final RepeatJob repeatJob;
    private final DeleteJob deleteJob;
    private final Jobs jobs;
    private final JobViews views;
    private final Idempotency idempotency;

    TrainingJobController(
            PlanTraining planTraining,
            SubmitJob submitJob,
            SteerJob steer,
            ForkJob forkJob,
            RepeatJob repeatJob,
            DeleteJob deleteJob,
            Jobs jobs,
            JobViews views,
            Idempotency idempotency) {
        this.planTraining = planTraining;
        this.submitJob = submitJob;
        this.steer = steer;
        this.forkJob = forkJob;
        this.repeatJob = repeatJob;
        this.deleteJob = deleteJob;
        this.jobs = jobs;
        this.views = views;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Operation(
            summary = "Train a network on a dataset",
            description = """
                    Everything is checked before the job is accepted: references, columns, shapes, rows, memory, and \
                    what it would record. What is left out takes its default, and `spec` of the answer shows them all. \
                    The job then waits for its turn; watch it with `events`, or poll it.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "The lecture's network on the generated parabola",
                                                            value = TrainingJobExamples.PARABOLA))))
    @ApiResponse(
            responseCode = "202",
            description = "The job is stored and will run",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the job is"),
            content = @Content(schema = @Schema(implementation = TrainingJob.class)))
    @ApiResponse(
            responseCode = "200",
            description = "With validateOnly: the job would be accepted, and this is what it would take",
            content = @Content(schema = @Schema(implementation = Plan.class)))
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "422", description = "The job cannot be: each error says where and why")
    @ApiResponse(responseCode = "429", description = "The tenant has as many jobs waiting as its share of the queue")
    @ApiResponse(responseCode = "503", description = "The queue is full, or the service is shutting down")
    ResponseEntity<?> submit(
            Tenant tenant,
            @RequestBody TrainingRequest request,
            @Parameter(description = "Check and plan the job, but do not store it")
                    @RequestParam(defaultValue = "false")
                    boolean validateOnly,
            @Parameter(description = "A name for this request: sent again with the same name, it makes no second job")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key) {
        if (validateOnly) {
            return ResponseEntity.ok(planTraining.plan(tenant, request).plan());
        }
        return idempotency.once(
                tenant,
                key,
                "POST " + Job.PATH,
                request,
                () -> planTraining.plan(tenant, request),
                planned -> submit(tenant, planned));
    }

    private ResponseEntity<TrainingJob> submit(Tenant tenant, PlanTraining.Planned planned) {
        return accepted(tenant, submitJob.submit(tenant, planned));
    }

    private ResponseEntity<TrainingJob> accepted(Tenant tenant, String id) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .location(URI.create(Job.PATH + "/" + id))
                .body(views.show(jobs.get(tenant, id)));
    }

    @GetMapping
    @Operation(summary = "List the training jobs, newest first")
    @ApiResponse(responseCode = "200", description = "Up to `limit` jobs, without their specs")
    @ApiResponse(responseCode = "422", description = "The limit is out of range")
    Page<TrainingJobSummary> list(
            Tenant tenant,
            @Parameter(description = "Only jobs in this state") @RequestParam(required = false) @Nullable
                    JobState state,
            @Parameter(description = "Part of the name, in any case") @RequestParam(required = false) @Nullable
                    String q,
            @Parameter(description = "How many at most, 1 to 500; 50 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String after) {
        Page<Job> page = jobs.page(tenant, state, q, PageRequest.of(limit, after, Job.PREFIX));
        return new Page<>(views.summarize(page.data()), page.nextCursor());
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Read a job: its state, progress and place in the queue",
            description = "Poll with If-None-Match and the ETag of the last answer.")
    @ApiResponse(
            responseCode = "200",
            description = "The job",
            headers = @Header(name = HttpHeaders.ETAG, description = "Changes whenever the answer does"))
    @ApiResponse(responseCode = "304", description = "Nothing has changed", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such job")
    ResponseEntity<TrainingJob> find(Tenant tenant, @PathVariable String id) {
        TrainingJob job = views.show(jobs.get(tenant, id));
        return ResponseEntity.ok().eTag(views.tag(job)).body(job);
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Stop a job",
            description =
                    "A waiting job is cancelled at once, a running one within a step. Cancelling twice does no harm.")
    @ApiResponse(responseCode = "202", description = "The job is cancelled, or will be within a step")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "409", description = "The job has ended otherwise")
    ResponseEntity<TrainingJob> cancel(Tenant tenant, @PathVariable String id) {
        steer.cancel(tenant, id);
        return ResponseEntity.accepted().body(views.show(jobs.get(tenant, id)));
    }

    @PostMapping("/{id}/pause")
    @Operation(summary = "Let a job wait until it is resumed", description = """
                    A running job keeps where it is after the step it is at, and gives its place to others; a waiting \
                    one is passed over. Whatever happens to the service, it waits. Pausing twice does no harm.""")
    @ApiResponse(responseCode = "202", description = "The job is PAUSED, or will be within a step")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "409", description = "The job has ended or is being cancelled")
    ResponseEntity<TrainingJob> pause(Tenant tenant, @PathVariable String id) {
        steer.pause(tenant, id);
        return ResponseEntity.accepted().body(views.show(jobs.get(tenant, id)));
    }

    @PostMapping("/{id}/resume")
    @Operation(summary = "Let a paused job go on", description = """
                    It takes its old place in the queue, also in a full one, and goes on with the step it has come to: the \
                    same losses, gradients and weights, to the last bit, as if it had never paused.""")
    @ApiResponse(responseCode = "202", description = "The job waits for a worker")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "409", description = "The job is not PAUSED")
    ResponseEntity<TrainingJob> resume(Tenant tenant, @PathVariable String id) {
        steer.resume(tenant, id);
        return ResponseEntity.accepted().body(views.show(jobs.get(tenant, id)));
    }

    @PostMapping("/{id}/fork")
    @Operation(
            summary = "Go on from a job's checkpoint in a job of its own",
            description = """
                    For longer, with another learning rate, another optimizer, another schedule. What the parent recorded \
                    up to there belongs to the fork too. Without changes of the update the fork of a run that is \
                    cut short ends with the bits of the longer run.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "Longer, with a tenth of the learning rate",
                                                            value = TrainingJobExamples.FORK))))
    @ApiResponse(
            responseCode = "202",
            description = "The fork is stored and will run",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the job is"),
            content = @Content(schema = @Schema(implementation = TrainingJob.class)))
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "409", description = "The job has no checkpoint")
    @ApiResponse(responseCode = "422", description = "The fork cannot be: each error says where and why")
    @ApiResponse(responseCode = "429", description = "The tenant has as many jobs waiting as its share of the queue")
    @ApiResponse(responseCode = "503", description = "The queue is full, or the service is shutting down")
    ResponseEntity<?> fork(
            Tenant tenant,
            @PathVariable String id,
            @RequestBody ForkRequest request,
            @Parameter(description = "A name for this request: sent again with the same name, it makes no second job")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key) {
        return idempotency.once(
                tenant,
                key,
                "POST " + Job.PATH + "/" + id + "/fork",
                request,
                () -> forkJob.plan(tenant, id, request),
                fork -> accepted(tenant, forkJob.fork(tenant, fork)));
    }

    @PostMapping("/{id}/retry")
    @Operation(
            summary = "Try a job that failed or was cancelled again",
            description =
                    "In a new job with the same spec: from its first step, of a fork from the checkpoint that it was made from.")
    @ApiResponse(
            responseCode = "202",
            description = "The new job is stored and will run",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the job is"),
            content = @Content(schema = @Schema(implementation = TrainingJob.class)))
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(
            responseCode = "409",
            description = "The job has neither failed nor been cancelled, or what it began with is gone")
    @ApiResponse(responseCode = "422", description = "The job can no longer be, as its dataset is gone")
    @ApiResponse(responseCode = "429", description = "The tenant has as many jobs waiting as its share of the queue")
    @ApiResponse(responseCode = "503", description = "The queue is full, or the service is shutting down")
    ResponseEntity<?> retry(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "A name for this request: sent again with the same name, it makes no second job")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key) {
        Job parent = jobs.get(tenant, id);
        return idempotency.once(
                tenant,
                key,
                "POST " + Job.PATH + "/" + id + "/retry",
                id,
                () -> repeatJob.planRetry(tenant, parent),
                planned -> accepted(tenant, repeatJob.retry(tenant, planned)));
    }

    @PostMapping("/{id}/verify")
    @Operation(summary = "Train a job again, and see whether the same bits come out", description = """
                    In a new job with the same spec on the same data: from its first step, of a fork from the checkpoint \
                    that it was made from. It takes its turn like any other and makes no second model. When it has \
                    ended, its `verification` says whether the weights, the loss curve and everything recorded have \
                    the same bits, and where the first are that have not; then it is FAILED, NOT_REPRODUCED. A job \
                    that diverged has to diverge again, in the same step.""")
    @ApiResponse(
            responseCode = "202",
            description = "The new job is stored and will run",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the job is"),
            content = @Content(schema = @Schema(implementation = TrainingJob.class)))
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(
            responseCode = "409",
            description = "The job has not ended, or something besides its spec ended it: somebody, a clock, a machine")
    @ApiResponse(responseCode = "422", description = "The job can no longer be, as its dataset is gone")
    @ApiResponse(responseCode = "429", description = "The tenant has as many jobs waiting as its share of the queue")
    @ApiResponse(responseCode = "503", description = "The queue is full, or the service is shutting down")
    ResponseEntity<?> verify(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "A name for this request: sent again with the same name, it makes no second job")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key) {
        Job job = jobs.get(tenant, id);
        return idempotency.once(
                tenant,
                key,
                "POST " + Job.PATH + "/" + id + "/verify",
                id,
                () -> repeatJob.planVerification(tenant, job),
                planned -> accepted(tenant, repeatJob.verify(tenant, planned)));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Forget a job that has ended",
            description = "Its events and recordings go with it; its model stays.")
    @ApiResponse(responseCode = "204", description = "The job is gone")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "409", description = "The job has not ended: cancel it first")
    ResponseEntity<Void> delete(Tenant tenant, @PathVariable String id) {
        deleteJob.delete(tenant, id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{id}/model")
    @Operation(summary = "Go to the model that a job made")
    @ApiResponse(
            responseCode = "303",
            description = "The model is there",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the model is"))
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "409", description = "The job has not ended yet, or made no model")
    ResponseEntity<Void> model(Tenant tenant, @PathVariable String id) {
        Job job = jobs.get(tenant, id);
        if (job.modelId() == null) {
            throw job.state().terminal() ? new NoModel(job) : new ModelNotReady(job);
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/api/v1/models/" + job.modelId()))
                .build();
    }
}
