package dev.descent.training.series;

import dev.descent.core.nn.LayerWeights;
import dev.descent.model.PictureForm;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.recording.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// How the loss of jobs fell, while they run and afterwards, and what those that failed had come to.
@RestController
@RequestMapping(Job.PATH + "/{id}")
@Tag(name = Job.TAG)
class LossCurveController {

    private final Jobs jobs;
    private final RecordedFiles files;
    private final LossCurves lossCurves;
    private final CurveWriter curves;
    private final JsonMapper json;

    LossCurveController(Jobs jobs, RecordedFiles files, LossCurves lossCurves, CurveWriter curves, JsonMapper json) {
        this.jobs = jobs;
        this.files = files;
        this.lossCurves = lossCurves;
        this.curves = curves;
        this.json = json;
    }

    @GetMapping(
            value = "/loss-curve",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                Accepted.CSV_TYPE,
                PictureForm.SVG_TYPE,
                MediaType.IMAGE_PNG_VALUE
            })
    @Operation(summary = "See the loss fall: every recorded step, as it stands now", description = """
                    Nothing is left out unless `maxPoints` asks for it; then `sampled` says so. As SVG or PNG it is a \
                    chart of the training and the validation loss, every peak in it.""")
    @ApiResponse(
            responseCode = "200",
            description = "The curve so far",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = LossCurveAnswer.class)),
                @Content(mediaType = Accepted.CSV_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = PictureForm.SVG_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "422", description = "from, to or maxPoints is out of range")
    void lossCurve(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "The first step wanted, counted from 0") @RequestParam(required = false) @Nullable
                    Long from,
            @Parameter(description = "The last step wanted") @RequestParam(required = false) @Nullable Long to,
            @Parameter(description = "How many points at most; all when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer maxPoints,
            @Parameter(description = "Of a chart: the axis of the losses") @RequestParam(defaultValue = "linear")
                    CurveScale scale,
            @Parameter(description = "In place of Accept") @RequestParam(required = false) @Nullable PictureForm format,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        Recorded recorded = Recorded.of(jobs.get(tenant, id), json);
        StepRange range = StepRange.of(from, to, maxPoints);
        try (LossCurve curve = lossCurves.open(tenant, id, recorded.spec(), recorded.recording(), range)) {
            PictureForm form = PictureForm.of(format, accept);
            if (form == PictureForm.JSON) {
                curves.write(format == null ? accept : null, response, curve::writeJson, curve::writeCsv);
            } else {
                var picture = new LossPicture(scale, List.of(curve));
                picture.add(curve, "training", "validation");
                String name = recorded.spec().name();
                form.write(picture.chart("Loss of " + (name == null ? id : name)), response);
            }
        }
    }

    @GetMapping("/last-weights")
    @Operation(summary = "Take the last finite weights of a job that failed", description = """
                    What a job that diverged, or reached its time limit, had come to: the weights from before the step \
                    that failed, layer by layer. `initialWeights` of another job takes them. A job that succeeded has a \
                    model instead.""")
    @ApiResponse(responseCode = "200", description = "The weights, to the last bit")
    @ApiResponse(responseCode = "404", description = "There is no such job, or it left no such weights")
    List<LayerWeights> lastWeights(Tenant tenant, @PathVariable String id) {
        JobSpec spec = json.readValue(jobs.get(tenant, id).spec(), JobSpec.class);
        return LastWeights.read(
                        spec,
                        series -> files.open(tenant, id, Kind.LAST_WEIGHTS, series)
                                .orElse(null))
                .orElseThrow(() -> NotRecorded.lastWeights(id));
    }
}
