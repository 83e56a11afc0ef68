package dev.descent.training.series;

import dev.descent.core.nn.LayerWeights;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.model.PictureForm;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.RecordingPlan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.recording.Histogram;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.LayerShape;
import dev.descent.training.recording.ParameterReader;
import dev.descent.training.recording.ParameterSeries;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Series;
import dev.descent.training.recording.What;
import dev.descent.training.series.ParameterCurve.Names;
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
import java.util.List;
import java.util.stream.IntStream;
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

/// What jobs have recorded, while they run and afterwards.
@RestController
@RequestMapping(Job.PATH + "/{id}")
@Tag(name = Job.TAG)
class SeriesController {

    private static final String CSV = "text/csv";

    private final Jobs jobs;
    private final RecordedFiles files;
    private final LossCurves lossCurves;
    private final JsonMapper json;

    SeriesController(Jobs jobs, RecordedFiles files, LossCurves lossCurves, JsonMapper json) {
        this.jobs = jobs;
        this.files = files;
        this.lossCurves = lossCurves;
        this.json = json;
    }

    /// Writes an answer of a length that is not known.
    private interface Body<T> {
        void write(T out) throws IOException;
    }

    @GetMapping(
            value = "/loss-curve",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV, PictureForm.SVG_TYPE, MediaType.IMAGE_PNG_VALUE})
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
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
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
        var recorded = recorded(tenant, id);
        StepRange range = StepRange.of(from, to, maxPoints);
        try (LossCurve curve = lossCurves.open(tenant, id, recorded.spec(), recorded.recording(), range)) {
            PictureForm form = PictureForm.of(format, accept);
            if (form == PictureForm.JSON) {
                answer(format == null ? accept : null, response, curve::writeJson, curve::writeCsv);
            } else {
                var picture = new LossPicture(scale, List.of(curve));
                picture.add(curve, "training", "validation");
                String name = recorded.spec().name();
                form.write(picture.chart("Loss of " + (name == null ? id : name)), response);
            }
        }
    }

    @GetMapping(
            value = "/gradients",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
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
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
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
        Recorded recorded = recorded(tenant, id);
        var wanted = new Wanted(
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
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
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
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
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
        Recorded recorded = recorded(tenant, id);
        var wanted = new Wanted(
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
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
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
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
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
        Recorded recorded = recorded(tenant, id);
        var wanted = new Wanted(
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

    @GetMapping("/last-weights")
    @Operation(summary = "Take the last finite weights of a job that failed", description = """
                    What a job that diverged, or reached its time limit, had come to: the weights from before the step \
                    that failed, layer by layer. `initialWeights` of another job takes them. A job that succeeded has a \
                    model instead.""")
    @ApiResponse(responseCode = "200", description = "The weights, to the last bit")
    @ApiResponse(responseCode = "404", description = "There is no such job, or it left no such weights")
    List<LayerWeights> lastWeights(Tenant tenant, @PathVariable String id) {
        JobSpec spec = json.readValue(jobs.get(tenant, id).spec(), JobSpec.class);
        return LastWeights.read(spec, series -> open(tenant, id, Kind.LAST_WEIGHTS, series))
                .orElseThrow(() -> NotRecorded.lastWeights(id));
    }

    private record Recorded(JobSpec spec, Recording recording) {}

    private record Wanted(
            Tenant tenant,
            String jobId,
            Kind kind,
            @Nullable ParameterSeries parameters,
            @Nullable Integer layer,
            StepRange range,
            @Nullable What what,
            @Nullable Integer bins) {

        /// What is to be written of what is recorded; refuses what cannot be made of it.
        What shown(ParameterSeries recorded) {
            What shown = what == null ? recorded.what() : what;
            if (shown != recorded.what() && recorded.what() != What.VALUES) {
                throw refused(
                        "?what",
                        "not-recorded",
                        "recorded are " + recorded.what().wireName() + ", of which no " + shown.wireName()
                                + " can be made",
                        shown.wireName());
            }
            return shown;
        }

        int shownBins(ParameterSeries recorded) {
            if (bins == null) {
                return recorded.bins() > 0 ? recorded.bins() : Histogram.USUAL_BINS;
            }
            if (shown(recorded) != What.HISTOGRAMS || recorded.what() == What.HISTOGRAMS) {
                throw refused("?bins", "unexpected", "bins are for histograms that are made of recorded values", bins);
            }
            if (bins < 2 || bins > Histogram.MOST_BINS) {
                throw refused("?bins", "out-of-range", "bins must be between 2 and " + Histogram.MOST_BINS, bins);
            }
            return bins;
        }
    }

    private Recorded recorded(Tenant tenant, String id) {
        Job job = jobs.get(tenant, id);
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Plan plan = json.readValue(job.plan(), Plan.class);
        return new Recorded(
                spec,
                RecordingPlan.of(
                        spec, plan.steps(), plan.stepsPerEpoch(), plan.validationRows() > 0, plan.trainingRows()));
    }

    private @Nullable RecordReader open(Tenant tenant, String id, Kind kind, @Nullable Series series) {
        return series == null ? null : files.open(tenant, id, kind, series).orElse(null);
    }

    private void parameters(Wanted wanted, Names names, @Nullable String accept, HttpServletResponse response)
            throws IOException {
        ParameterSeries parameters = wanted.parameters();
        if (parameters == null) {
            throw NotRecorded.series(wanted.jobId(), wanted.kind().fileName());
        }
        long steps = parameters.series().steps();
        if (wanted.range().from() >= steps) {
            throw NotRecorded.step(wanted.jobId(), wanted.range().from(), steps);
        }
        List<Integer> places = places(parameters, wanted.layer());
        What what = wanted.shown(parameters);
        int bins = wanted.shownBins(parameters);
        try (RecordReader records = open(wanted.tenant(), wanted.jobId(), wanted.kind(), parameters.series())) {
            var rows = wanted.range()
                    .of(
                            parameters.series(),
                            records == null ? 0 : records.count(),
                            wanted.range().maxPoints());
            var reader = records == null ? null : new ParameterReader(parameters, records);
            var curve = new ParameterCurve(names, what, bins, parameters, places, reader, rows);
            answer(accept, response, curve::writeJson, curve::writeCsv);
        }
    }

    private static List<Integer> places(ParameterSeries parameters, @Nullable Integer layer) {
        List<Integer> recorded =
                parameters.layers().stream().map(LayerShape::layer).toList();
        if (layer == null) {
            return IntStream.range(0, recorded.size()).boxed().toList();
        }
        if (!recorded.contains(layer)) {
            String message = "layer " + layer + " is not recorded; recorded are " + recorded;
            throw refused("?layer", "out-of-range", message, layer);
        }
        return List.of(recorded.indexOf(layer));
    }

    private static Refused refused(String pointer, String code, String message, Object value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value)));
    }

    private void answer(
            @Nullable String accept, HttpServletResponse response, Body<JsonGenerator> asJson, Body<Writer> asCsv)
            throws IOException {
        if (Accepted.prefers(Accepted.CSV, MediaType.APPLICATION_JSON, accept)) {
            response.setContentType("text/csv;charset=utf-8");
            try (var out = new BufferedWriter(
                    new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
                asCsv.write(out);
            }
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
                asJson.write(out);
            }
        }
    }
}
