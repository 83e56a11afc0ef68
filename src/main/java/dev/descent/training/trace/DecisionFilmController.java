package dev.descent.training.trace;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.Heading;
import dev.descent.drawing.Film;
import dev.descent.model.Aspect;
import dev.descent.model.PictureForm;
import dev.descent.model.Plane;
import dev.descent.model.PlaneQuery;
import dev.descent.model.Planes;
import dev.descent.model.ReadSurface;
import dev.descent.model.Scatter;
import dev.descent.model.SurfaceJson;
import dev.descent.model.SurfacePictures;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.TrainingProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Shows how a job's network came to say what it says.
@RestController
@RequestMapping(Job.PATH + "/{id}/decision-film")
@Tag(name = Job.TAG)
class DecisionFilmController {

    private static final double SECONDS_PER_FRAME = 0.5;

    private final FindStep findStep;
    private final Replay replay;
    private final ReplayFilm replayFilm;
    private final Replays replays;
    private final Planes planes;
    private final TrainingProperties properties;
    private final JsonMapper json;

    DecisionFilmController(
            FindStep findStep,
            Replay replay,
            ReplayFilm replayFilm,
            Replays replays,
            Planes planes,
            TrainingProperties properties,
            JsonMapper json) {
        this.findStep = findStep;
        this.replay = replay;
        this.replayFilm = replayFilm;
        this.replays = replays;
        this.planes = planes;
        this.properties = properties;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, PictureForm.SVG_TYPE, MediaType.IMAGE_PNG_VALUE})
    @Operation(summary = "Watch the decision boundary, or a hidden unit, come about", description = """
                    The job's steps are taken again in one pass, from the nearest checkpoint or the start, by the code \
                    that trains; at each chosen step the weights before its update are asked for the grid of \
                    /models/{id}/decision-grid. Nothing had to be recorded, and the job may still be running, have \
                    failed or be cancelled: the last step is the one it has come to. Without `steps` it is `frames` of \
                    them, the first few close together, later ones ever farther apart. As SVG the film moves by \
                    itself, wherever an image can be shown; as PNG all frames are side by side, and the replay may \
                    take a minute. While a long replay goes on, the answer begins with empty lines, but for PNG; when \
                    the client leaves, the replay stops.""")
    @ApiResponse(
            responseCode = "200",
            description = "The film",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = DecisionFilmAnswer.class)),
                @Content(mediaType = PictureForm.SVG_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "400", description = "A parameter has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(
            responseCode = "409",
            description = "The job has not come to a step, or its dataset or the job it was forked from is deleted")
    @ApiResponse(
            responseCode = "422",
            description = "There is no such step, column, layer or unit, or the answer would be too large")
    @ApiResponse(
            responseCode = "503",
            description = "As many steps are being traced as may be, or running jobs leave no memory for it")
    void film(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "How many frames, 2 to 60; 20 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer frames,
            @Parameter(description = "The steps to be shown, ascending, in place of frames", example = "0,1")
                    @RequestParam(required = false)
                    @Nullable
                    List<Long> steps,
            @Parameter(description = "A numeric feature, to the right") @RequestParam(required = false) @Nullable
                    String x,
            @Parameter(description = "A numeric feature, upwards") @RequestParam(required = false) @Nullable String y,
            @Parameter(description = "Along each, 2 to 200, 50 when left out; of a curve to 10,000, 200 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer points,
            @Parameter(description = "Where x begins; at its least number when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Double xFrom,
            @RequestParam(required = false) @Nullable Double xTo,
            @RequestParam(required = false) @Nullable Double yFrom,
            @RequestParam(required = false) @Nullable Double yTo,
            @Parameter(description = "column:value, what a feature is held at; may be given several times")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> at,
            @Parameter(description = "Which target, of several; the first when left out")
                    @RequestParam(required = false)
                    @Nullable
                    String target,
            @Parameter(
                            description =
                                    "The units of this layer, by its place in the order of computation, counted from 0")
                    @RequestParam(required = false)
                    @Nullable
                    Integer layer,
            @Parameter(description = "Only this unit of the layer, counted from 0")
                    @RequestParam(required = false)
                    @Nullable
                    Integer unit,
            @Parameter(description = "In place of Accept") @RequestParam(required = false) @Nullable PictureForm format,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        PictureForm form = PictureForm.of(format, accept);
        FrameSteps chosen = FrameSteps.of(frames, steps);
        List<Location> places = findStep.findWeights(tenant, id, chosen::among);
        Location own = places.getLast();
        JobSpec spec = own.spec();
        Aspect aspect = Aspect.of(spec.network(), spec.targetColumns(), target, layer, unit);
        List<Heading> features = Encoding.of(replay.dataset(tenant, own).headings(), spec.features())
                .columns();
        var query = new PlaneQuery(x, y, points, xFrom, xTo, yFrom, yTo, PlaneQuery.held(request));
        Plane plane = planes.lay(tenant, spec.datasetId(), features, query);
        aspect.requireAnswerable(spec.network(), plane, places.size());
        if (form != PictureForm.JSON) {
            SurfacePictures.requireDrawable(plane, aspect, places.size());
        }
        replays.run(
                bytes(places, plane, aspect),
                goesOn -> replayFilm.film(tenant, places, plane, aspect, goesOn),
                Beats.of(form, response),
                film -> {
                    if (form == PictureForm.JSON) {
                        write(id, film, response);
                    } else {
                        form.write(drawn(tenant, id, spec, aspect, film), response);
                    }
                });
    }

    /// What the job was admitted with, and the surfaces.
    private long bytes(List<Location> places, Plane plane, Aspect aspect) {
        long surfaces = ReadSurface.bytes(places.getLast().spec().network(), plane, aspect, places.size());
        long run = 0;
        for (Location place : places) {
            run = Math.max(run, place.plan().memoryBytes());
        }
        long limit = properties.memoryLimitBytes();
        if (run + surfaces > limit) {
            throw FrameSteps.refused(
                    "?points",
                    "film-exceeds-capacity",
                    "the run takes " + run + " bytes and the film " + surfaces + " more; there are " + limit
                            + " (descent.training.memory-limit): ask for fewer points or frames",
                    run + surfaces);
        }
        return run + surfaces;
    }

    private void write(String id, DecisionFilm film, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
            var writer = new SurfaceJson(out, film.plane());
            out.writeStartObject();
            out.writeStringProperty("jobId", id);
            writer.writePlane();
            out.writeName("frames").writeStartArray();
            for (int i = 0; i < film.steps().size(); i++) {
                out.writeStartObject();
                out.writeNumberProperty("step", film.steps().get(i));
                writer.writeSurface(film.surfaces().get(i));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private Film drawn(Tenant tenant, String id, JobSpec spec, Aspect aspect, DecisionFilm film) {
        String target = spec.targetColumns().get(aspect.target());
        Scatter scatter =
                aspect.layer() == null ? planes.scatter(tenant, spec.datasetId(), film.plane(), target) : null;
        List<String> titles = film.steps().stream().map(step -> "step " + step).toList();
        return new SurfacePictures(film.plane(), film.surfaces(), scatter)
                .film(spec.name() == null ? id : spec.name(), titles, SECONDS_PER_FRAME);
    }
}
