package dev.descent.experiment;

import dev.descent.experiment.VariantJobs.VariantJob;
import dev.descent.model.PictureForm;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.series.Accepted;
import dev.descent.training.series.CurveScale;
import dev.descent.training.series.JointCurve;
import dev.descent.training.series.JointCurveAnswer;
import dev.descent.training.series.JointCurves;
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
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

@RestController
@RequestMapping(Experiment.PATH + "/{id}/loss-curve")
@Tag(name = Experiment.TAG)
class ExperimentCurveController {

    private static final String CSV = "text/csv";

    private final Experiments experiments;
    private final VariantJobs variantJobs;
    private final JointCurves jointCurves;
    private final JsonMapper json;

    ExperimentCurveController(
            Experiments experiments, VariantJobs variantJobs, JointCurves jointCurves, JsonMapper json) {
        this.experiments = experiments;
        this.variantJobs = variantJobs;
        this.jointCurves = jointCurves;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, CSV, PictureForm.SVG_TYPE, MediaType.IMAGE_PNG_VALUE})
    @Operation(summary = "See the losses of all variants fall, on one axis, as they stand now", description = """
                    Nothing is left out unless `maxPoints` asks for it; then `sampled` says so. As SVG or PNG it is a \
                    chart.""")
    @ApiResponse(
            responseCode = "200",
            description = "The curves so far",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = JointCurveAnswer.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = PictureForm.SVG_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "404", description = "There is no such experiment")
    @ApiResponse(responseCode = "422", description = "maxPoints is out of range")
    void lossCurve(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "How many points at most, two for each variant at least; all when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer maxPoints,
            @Parameter(description = "Of a chart: the axis of the losses") @RequestParam(defaultValue = "linear")
                    CurveScale scale,
            @Parameter(description = "In place of Accept") @RequestParam(required = false) @Nullable PictureForm format,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        JointCurves.requirePoints(maxPoints);
        Experiment experiment = experiments.get(tenant, id);
        List<Job> there = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (VariantJob variant : variantJobs.of(tenant, experiment)) {
            if (variant.job() != null) {
                there.add(variant.job());
                names.add(variant.name());
            }
        }
        PictureForm form = PictureForm.of(format, accept);
        try (JointCurve curves = jointCurves.open(tenant, there, names, maxPoints)) {
            if (form != PictureForm.JSON) {
                form.write(curves.chart(names, scale), response);
            } else if (format == null
                    && Accepted.prefers(new MediaType("text", "csv"), MediaType.APPLICATION_JSON, accept)) {
                response.setContentType("text/csv;charset=utf-8");
                try (Writer out = new BufferedWriter(
                        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
                    curves.writeCsv(out);
                }
            } else {
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
                    curves.writeJson(out);
                }
            }
        }
    }
}
