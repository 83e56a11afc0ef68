package dev.descent.training.series;

import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.ParameterReader;
import dev.descent.training.recording.ParameterSeries;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.What;
import dev.descent.training.series.ParameterCurve.Names;
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

/// What jobs have recorded of gradients, weights and activations, while they run and afterwards.
@RestController
@RequestMapping(Job.PATH + "/{id}")
@Tag(name = Job.TAG)
class ParameterController {

    private final Jobs jobs;
    private final RecordedFiles files;
    private final CurveWriter curves;
    private final JsonMapper json;

    ParameterController(Jobs jobs, RecordedFiles files, CurveWriter curves, JsonMapper json) {
        this.jobs = jobs;
        this.files = files;
        this.curves = curves;
        this.json = json;
    }

    @GetMapping(
            value = "/gradients",
            produces = {MediaType.APPLICATION_JSON_VALUE, Accepted.CSV_TYPE})
    @Operation(summary = "See the gradients move: what `record.gradients` asked for", description = """
                    A histogram counts the entries of an array in bins of equal width: bin k from 0 to bins - 1 goes from \
                    minimum + k (maximum - minimum) / bins on, the last includes the maximum, bin 0 has all where all \
                    are equal; entries that are not finite are counted apart. `what` makes norms or histograms of \
                    recorded values, the same that would have been recorded.""")
    @ApiResponse(
            responseCode = "200",
            description = "The gradients recorded so far",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ParameterCurveAnswer.class)),
                @Content(mediaType = Accepted.CSV_TYPE, schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "404", description = "There is no such job or step, or it records no gradients")
    @ApiResponse(responseCode = "422", description = "layer, from, to, maxPoints, what or bins is out of range")
    void gradients(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Only this layer, by its place in the network's layers, counted from 0")
                    @RequestParam(required = false)
                    @Nullable
                    Integer layer,
            @Parameter(description = "The first step wanted, counted from 0") @RequestParam(required = false) @Nullable
                    Long from,
            @Parameter(description = "The last step wanted") @RequestParam(required = false) @Nullable Long to,
            @Parameter(description = "How many points at most; all when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer maxPoints,
            @Parameter(
                            description =
                                    "Of a job that recorded values: only their norms, or their histograms; as recorded when left out")
                    @RequestParam(required = false)
                    @Nullable
                    What what,
            @Parameter(description = "Of histograms made of values: how many bins, 2 to 1000; 30 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer bins,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        Recorded recorded = Recorded.of(jobs.get(tenant, id), json);
        var wanted = new WantedParameters(
                tenant,
                id,
                Kind.GRADIENTS,
                recorded.recording().gradients(),
                layer,
                StepRange.of(from, to, maxPoints),
                what,
                bins);
        parameters(wanted, new Names("weightGradient", "biasGradient"), accept, response);
    }

    @GetMapping(
            value = "/weights",
            produces = {MediaType.APPLICATION_JSON_VALUE, Accepted.CSV_TYPE})
    @Operation(
            summary = "See the weights move: what `record.weights` asked for",
            description =
                    "The weights of a step are those before its update; norms, values and histograms are as for gradients.")
    @ApiResponse(
            responseCode = "200",
            description = "The weights recorded so far",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ParameterCurveAnswer.class)),
                @Content(mediaType = Accepted.CSV_TYPE, schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "404", description = "There is no such job or step, or it records no weights")
    @ApiResponse(responseCode = "422", description = "layer, from, to, maxPoints, what or bins is out of range")
    void weights(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Only this layer, by its place in the network's layers, counted from 0")
                    @RequestParam(required = false)
                    @Nullable
                    Integer layer,
            @Parameter(description = "The first step wanted, counted from 0") @RequestParam(required = false) @Nullable
                    Long from,
            @Parameter(description = "The last step wanted") @RequestParam(required = false) @Nullable Long to,
            @Parameter(description = "How many points at most; all when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer maxPoints,
            @Parameter(
                            description =
                                    "Of a job that recorded values: only their norms, or their histograms; as recorded when left out")
                    @RequestParam(required = false)
                    @Nullable
                    What what,
            @Parameter(description = "Of histograms made of values: how many bins, 2 to 1000; 30 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer bins,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        Recorded recorded = Recorded.of(jobs.get(tenant, id), json);
        var wanted = new WantedParameters(
                tenant,
                id,
                Kind.WEIGHTS,
                recorded.recording().weights(),
                layer,
                StepRange.of(from, to, maxPoints),
                what,
                bins);
        parameters(wanted, new Names("weights", "biases"), accept, response);
    }

    @GetMapping(
            value = "/activations",
            produces = {MediaType.APPLICATION_JSON_VALUE, Accepted.CSV_TYPE})
    @Operation(summary = "See the activations move: what `record.activations` asked for", description = """
                    Of every layer, over the rows of the step's batch, as training saw them: what dropout left, and \
                    normalised by the batch. Norms are those of the matrix (rows x units), histograms as for gradients; \
                    of values a small last batch has fewer rows. Steps that nobody recorded are told by \
                    /training-jobs/{id}/steps/{step}/trace.""")
    @ApiResponse(
            responseCode = "200",
            description = "The activations recorded so far",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ParameterCurveAnswer.class)),
                @Content(mediaType = Accepted.CSV_TYPE, schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "404", description = "There is no such job or step, or it records no activations")
    @ApiResponse(responseCode = "422", description = "layer, from, to, maxPoints, what or bins is out of range")
    void activations(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Only this layer, by its place in the order of computation, counted from 0")
                    @RequestParam(required = false)
                    @Nullable
                    Integer layer,
            @Parameter(description = "The first step wanted, counted from 0") @RequestParam(required = false) @Nullable
                    Long from,
            @Parameter(description = "The last step wanted") @RequestParam(required = false) @Nullable Long to,
            @Parameter(description = "How many points at most; all when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer maxPoints,
            @Parameter(
                            description =
                                    "Of a job that recorded values: only their norms, or their histograms; as recorded when left out")
                    @RequestParam(required = false)
                    @Nullable
                    What what,
            @Parameter(description = "Of histograms made of values: how many bins, 2 to 1000; 30 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer bins,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        Recorded recorded = Recorded.of(jobs.get(tenant, id), json);
        var wanted = new WantedParameters(
                tenant,
                id,
                Kind.ACTIVATIONS,
                recorded.recording().activations(),
                layer,
                StepRange.of(from, to, maxPoints),
                what,
                bins);
        parameters(wanted, new Names("activation", null), accept, response);
    }

    private void parameters(WantedParameters wanted, Names names, @Nullable String accept, HttpServletResponse response)
            throws IOException {
        ParameterSeries parameters = wanted.parameters();
        if (parameters == null) {
            throw NotRecorded.series(wanted.jobId(), wanted.kind().fileName());
        }
        long steps = parameters.series().steps();
        if (wanted.range().from() >= steps) {
            throw NotRecorded.step(wanted.jobId(), wanted.range().from(), steps);
        }
        List<Integer> places = wanted.places(parameters);
        What what = wanted.shown(parameters);
        int bins = wanted.shownBins(parameters);
        try (RecordReader records = files.open(wanted.tenant(), wanted.jobId(), wanted.kind(), parameters.series())
                .orElse(null)) {
            var rows = wanted.range()
                    .of(
                            parameters.series(),
                            records == null ? 0 : records.count(),
                            wanted.range().maxPoints());
            var reader = records == null ? null : new ParameterReader(parameters, records);
            var curve = new ParameterCurve(names, what, bins, parameters, places, reader, rows);
            curves.write(accept, response, curve::writeJson, curve::writeCsv);
        }
    }
}
