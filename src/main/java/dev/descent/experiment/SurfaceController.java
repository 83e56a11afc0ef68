package dev.descent.experiment;

import dev.descent.model.PictureForm;
import dev.descent.tenant.Tenant;
import dev.descent.training.trace.Beats;
import dev.descent.training.trace.Replays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(Experiment.PATH + "/{id}/loss-surface")
@Tag(name = Experiment.TAG)
class SurfaceController {

    private final PlanSurface planSurface;
    private final SurveySurface surveySurface;
    private final Replays replays;
    private final JsonMapper json;

    SurfaceController(PlanSurface planSurface, SurveySurface surveySurface, Replays replays, JsonMapper json) {
        this.planSurface = planSurface;
        this.surveySurface = surveySurface;
        this.replays = replays;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, PictureForm.SVG_TYPE, MediaType.IMAGE_PNG_VALUE})
    @Operation(summary = "See the paths of all variants on a slice of the loss surface", description = """
                    The plane leads through the weights with which one variant begins and those with which it ends, and \
                    along the first principal direction of all paths' deviations from the line between them. On a grid \
                    of it the objective of that variant is taken over all training rows. Every variant's weights are seen \
                    on the plane, from its first to its last step, with the objective there and their distance from the \
                    plane. Nothing had to be recorded: all runs are taken again, by the code that trains. As SVG or PNG \
                    it is a map of the losses, of their logarithms where all are positive, with contour lines and all \
                    paths. While the work goes on, JSON and SVG begin with empty lines; when the client leaves, it \
                    stops.""")
    @ApiResponse(
            responseCode = "200",
            description = "The surface",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = SurfaceAnswer.class)),
                @Content(mediaType = PictureForm.SVG_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "400", description = "A parameter has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such experiment")
    @ApiResponse(
            responseCode = "409",
            description =
                    "A job has not ended, the variant has made no step or diverged, its weights ended where they began, the network has one weight, or the dataset is deleted")
    @ApiResponse(
            responseCode = "422",
            description = "A parameter is out of range, or the surface takes too much: the answer says how much")
    @ApiResponse(
            responseCode = "503",
            description = "As many runs are being replayed as may be, or running jobs leave no memory for it")
    void surface(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Points of the grid along each axis, 2 to 201") @RequestParam(defaultValue = "41")
                    int points,
            @Parameter(
                            description =
                                    "The variant whose start and end the plane leads through; the first that succeeded when left out")
                    @RequestParam(required = false)
                    @Nullable
                    String through,
            @Parameter(description = "What is shown beyond the paths, in parts of their extent, 0 to 10")
                    @RequestParam(defaultValue = "0.2")
                    double margin,
            @Parameter(description = "Points of each path at most, first and last step included, 2 to 200")
                    @RequestParam(defaultValue = "50")
                    int steps,
            @Parameter(description = "In place of Accept") @RequestParam(required = false) @Nullable PictureForm format,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            HttpServletResponse response)
            throws IOException {
        PlanSurface.Planned planned = planSurface.plan(tenant, id, new SurfaceRequest(points, through, margin, steps));
        PictureForm form = PictureForm.of(format, accept);
        replays.run(
                planned.bytes(),
                goesOn -> surveySurface.survey(planned, goesOn),
                Beats.of(form, response),
                surface -> answer(form, surface, response));
    }

    private void answer(PictureForm form, Surface surface, HttpServletResponse response) throws IOException {
        if (form == PictureForm.JSON) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            json.writeValue(response.getOutputStream(), surface.answer());
        } else {
            form.write(SurfacePicture.of(surface), response);
        }
    }
}
