package dev.descent.training.compare;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.model.PictureForm;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.series.Accepted;
import dev.descent.training.series.CurveScale;
import dev.descent.training.series.JointCurve;
import dev.descent.training.series.JointCurves;
import dev.descent.training.trace.Beats;
import dev.descent.training.trace.Replays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Compares jobs.
@RestController
@RequestMapping(Job.PATH + "/compare")
@Tag(name = Job.TAG)
class CompareController {

    private static final String CSV = "text/csv";
    private static final long LARGEST_SEARCH = 1_000_000;
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(60);

    private final ChosenJobs chosenJobs;
    private final JointCurves jointCurves;
    private final FindPartings findPartings;
    private final Replays replays;
    private final TrainingProperties properties;
    private final JsonMapper json;

    CompareController(
            ChosenJobs chosenJobs,
            JointCurves jointCurves,
            FindPartings findPartings,
            Replays replays,
            TrainingProperties properties,
            JsonMapper json) {
        this.chosenJobs = chosenJobs;
        this.jointCurves = jointCurves;
        this.findPartings = findPartings;
        this.replays = replays;
        this.properties = properties;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, CSV, PictureForm.SVG_TYPE, MediaType.IMAGE_PNG_VALUE})
    @Operation(summary = "Compare jobs: settings, curves, where their weights part, and why", description = """
                    What was set otherwise, the loss curves on one axis, and for the first job with each of the others \
                    the first step that begins with other weights, the first number that differs then, and the \
                    settings that did it. Nothing had to be recorded: both runs are taken again side by side, by the \
                    code that trains, until a bit differs. Then the first job is trained again with one setting of the \
                    other, for each that could have done it; the causes are those that part it at the very same step. \
                    The search ends after `maxSteps` steps, or a minute for all jobs, and says how far it came. While \
                    it goes on, the answer begins with empty lines; when the client leaves, it stops. As CSV, SVG or \
                    PNG the answer is the curves alone.""")
    @ApiResponse(
            responseCode = "200",
            description = "The jobs side by side",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ComparisonAnswer.class),
                        examples =
                                @ExampleObject(name = "Two learning rates", value = ComparisonExamples.LEARNING_RATES)),
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = PictureForm.SVG_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "400", description = "A parameter has the wrong type")
    @ApiResponse(responseCode = "404", description = "One of the jobs does not exist")
    @ApiResponse(responseCode = "422", description = "ids, maxPoints or maxSteps is out of range")
    @ApiResponse(
            responseCode = "503",
            description = "As many steps are being traced as may be, or running jobs leave no memory for it")
    void compare(
            Tenant tenant,
            @Parameter(
                            description = "Two to eight jobs, separated by commas",
                            example = "job_01jd3m5k7q9s1v3x5z7b9d1f3h,job_01jd3m5k7q9s1v3x5z7b9d1f3j")
                    @RequestParam(defaultValue = "")
                    List<String> ids,
            @Parameter(
                            description =
                                    "How many points of the curves at most, two for each job at least; all when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer maxPoints,
            @Parameter(description = "How many steps of two jobs are taken again at most")
                    @RequestParam(defaultValue = "10000")
                    long maxSteps,
            @Parameter(description = "Whether to look for where the weights part") @RequestParam(defaultValue = "true")
                    boolean parting,
            @Parameter(description = "Of a chart: the axis of the losses") @RequestParam(defaultValue = "linear")
                    CurveScale scale,
            @Parameter(description = "In place of Accept") @RequestParam(required = false) @Nullable PictureForm format,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        requireSteps(maxSteps);
        JointCurves.requirePoints(maxPoints);
        List<ComparedJob> jobs = chosenJobs.read(tenant, ids);
        try (JointCurve curves =
                jointCurves.open(tenant, jobs.stream().map(ComparedJob::job).toList(), maxPoints)) {
            PictureForm form = PictureForm.of(format, accept);
            if (form != PictureForm.JSON) {
                List<String> names = jobs.stream()
                        .map(ComparedJob::job)
                        .map(job -> job.name() == null ? job.id() : job.name())
                        .toList();
                form.write(curves.chart(names, scale), response);
            } else if (format == null
                    && Accepted.prefers(new MediaType("text", "csv"), MediaType.APPLICATION_JSON, accept)) {
                response.setContentType("text/csv;charset=utf-8");
                try (Writer out = new BufferedWriter(
                        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
                    curves.writeCsv(out);
                }
            } else if (parting) {
                replays.run(
                        bytes(jobs),
                        goesOn -> partings(jobs, maxSteps, goesOn),
                        Beats.emptyLines(MediaType.APPLICATION_JSON_VALUE, response),
                        partings -> answer(new Comparison(jobs, curves, partings), response));
            } else {
                answer(new Comparison(jobs, curves, null), response);
            }
        }
    }

    private static void requireSteps(long maxSteps) {
        if (maxSteps < 1 || maxSteps > LARGEST_SEARCH) {
            String message = "maxSteps must be between 1 and " + LARGEST_SEARCH;
            throw new Refused(
                    "validation-failed",
                    "Validation failed",
                    message,
                    List.of(new Violation("?maxSteps", "out-of-range", message, maxSteps)));
        }
    }

    /// What the largest of the searches takes that there is memory for at all.
    private long bytes(List<ComparedJob> jobs) {
        return jobs.stream()
                .skip(1)
                .mapToLong(other -> FindPartings.bytes(jobs.getFirst(), other))
                .filter(this::isPossible)
                .max()
                .orElse(0);
    }

    private boolean isPossible(long bytes) {
        return bytes <= properties.memoryLimitBytes();
    }

    /// Null where it was told to stop.
    private @Nullable List<Parting> partings(List<ComparedJob> jobs, long maxSteps, BooleanSupplier goesOn)
            throws IOException {
        long begin = System.nanoTime();
        BooleanSupplier inTime = () -> goesOn.getAsBoolean() && System.nanoTime() - begin < LONGEST_SEARCH.toNanos();
        List<Parting> partings = new ArrayList<>();
        ComparedJob first = jobs.getFirst();
        for (ComparedJob other : jobs.subList(1, jobs.size())) {
            long bytes = FindPartings.bytes(first, other);
            partings.add(
                    isPossible(bytes)
                            ? findPartings.find(first, other, maxSteps, inTime)
                            : Parting.without(
                                    List.of(first.id(), other.id()),
                                    "noMemory",
                                    "to take both jobs again takes " + bytes + " bytes; there are "
                                            + properties.memoryLimitBytes() + " (descent.training.memory-limit)"));
        }
        return goesOn.getAsBoolean() ? partings : null;
    }

    private void answer(Comparison comparison, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
            comparison.write(out);
        }
    }
}
