package dev.descent.training.trace;

import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.train.Excerpt;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.TrainingProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Opens any step of any job.
@RestController
@RequestMapping(Job.PATH + "/{id}/steps/{step}/trace")
@Tag(name = Job.TAG)
class TraceController {

    private static final String MARKDOWN = "text/markdown";
    private static final String LATEX = "application/x-latex";

    private final FindStep findStep;
    private final Replay replay;
    private final Replays replays;
    private final TrainingProperties properties;
    private final JsonMapper json;

    TraceController(FindStep findStep, Replay replay, Replays replays, TrainingProperties properties, JsonMapper json) {
        this.findStep = findStep;
        this.replay = replay;
        this.replays = replays;
        this.properties = properties;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MARKDOWN, LATEX})
    @Operation(summary = "Open one step: every z, a, delta, gradient, optimizer state and update", description = """
                    The step is taken again, from the nearest checkpoint that is kept or from the start, by the code \
                    that trains: the numbers are the run's own to the last bit, and nothing had to be recorded. Steps \
                    are counted from 0, as in the loss curve; the weights are those before the step's update, as in \
                    /weights, and newWeights are those of the next step. A job that has not succeeded can show the \
                    step it will take next too; of one that diverged that is the step in which it did, and numbers \
                    that are not finite are null. As Markdown or LaTeX it is the derivation of a lecture, with this \
                    step's numbers in it. While a long replay goes on, the answer begins with empty lines; when the \
                    client leaves, the replay stops.""")
    @ApiResponse(
            responseCode = "200",
            description = "The step",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = StepTraceAnswer.class)),
                @Content(mediaType = MARKDOWN, schema = @Schema(type = "string")),
                @Content(mediaType = LATEX, schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "400", description = "A parameter has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(
            responseCode = "409",
            description = "The job has not come to the step, or its dataset or the job it was forked from is deleted")
    @ApiResponse(responseCode = "422", description = "The job has no such step, layer or rows, or they take too much")
    @ApiResponse(
            responseCode = "503",
            description = "As many steps are being traced as may be, or running jobs leave no memory for it")
    void trace(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Counted from 0") @PathVariable long step,
            @Parameter(
                            description =
                                    "Only these layers, by their place in the order of computation, counted from 0; may be given several times")
                    @RequestParam(required = false)
                    @Nullable
                    List<Integer> layer,
            @Parameter(
                            description = "Only these rows of the batch: 20 for the first 20, or a range, as 10-19",
                            example = "20")
                    @RequestParam(required = false)
                    @Nullable
                    String rows,
            @Parameter(
                            description =
                                    "Of a run that diverged and began again: how often it had done so before the step, from 0; the last beginning when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Long round,
            @Parameter(description = "In place of Accept") @RequestParam(required = false) @Nullable TraceFormat format,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        TraceFormat form = TraceFormat.of(format, accept);
        Location place = findStep.find(tenant, id, step, round);
        Excerpt excerpt = excerpt(place, layer, Rows.parse(rows));
        replay.dataset(tenant, place);
        long bytes = bytes(place, excerpt);
        replays.run(
                bytes,
                goesOn -> replay.open(tenant, place, excerpt, goesOn),
                Beats.emptyLines(form.contentType(), response),
                opened -> answer(form, opened, response));
    }

    private static Excerpt excerpt(Location place, @Nullable List<Integer> layers, Rows rows) {
        List<PlacedLayer> placed = place.spec().network().placedLayers();
        for (int layer : layers == null ? List.<Integer>of() : layers) {
            if (layer < 0 || layer >= placed.size()) {
                String message = "the network has the layers 0 to " + (placed.size() - 1) + ", no " + layer;
                throw refused("?layer", "out-of-range", message, layer);
            }
        }
        rows.requireWithin(
                place.spec().trainingSpec().batchSize((int) place.plan().trainingRows()));
        return new Excerpt(layers == null || layers.isEmpty() ? null : Set.copyOf(layers), rows.first(), rows.count());
    }

    /// What the job was admitted with, and the copies.
    private long bytes(Location place, Excerpt excerpt) {
        long copies =
                excerpt.bytes(place.spec().trainingSpec(), (int) place.plan().trainingRows());
        long bytes = place.plan().memoryBytes() + copies;
        long limit = properties.memoryLimitBytes();
        if (bytes > limit) {
            throw refused(
                    "?rows",
                    "trace-exceeds-capacity",
                    "the run takes " + place.plan().memoryBytes() + " bytes and what is wanted of the step " + copies
                            + " more; there are " + limit
                            + " (descent.training.memory-limit): choose fewer layers or rows",
                    bytes);
        }
        return bytes;
    }

    private static Refused refused(String pointer, String code, String message, Object value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value)));
    }

    private void answer(TraceFormat form, OpenedStep opened, HttpServletResponse response) throws IOException {
        response.setContentType(form.contentType());
        if (form == TraceFormat.JSON) {
            try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
                new TraceJson(opened, out).write();
            }
            return;
        }
        try (var out = new BufferedWriter(
                new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
            var document = form == TraceFormat.LATEX ? new LatexDocument(out) : new MarkdownDocument(out);
            new Derivation(opened, document).write();
        }
    }
}
