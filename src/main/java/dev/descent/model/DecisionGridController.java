package dev.descent.model;

import dev.descent.core.data.Target;
import dev.descent.drawing.Picture;
import dev.descent.tenant.Tenant;
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

/// Shows what a model says over the range of two of its features.
@RestController
@RequestMapping(ModelController.PATH + "/{id}/decision-grid")
@Tag(name = "Models")
class DecisionGridController {

    private final Models models;
    private final ModelFiles files;
    private final Planes planes;
    private final JsonMapper json;

    DecisionGridController(Models models, ModelFiles files, Planes planes, JsonMapper json) {
        this.models = models;
        this.files = files;
        this.planes = planes;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, PictureForm.SVG_TYPE, MediaType.IMAGE_PNG_VALUE})
    @Operation(summary = "See the decision boundary, and the map of every hidden unit", description = """
                    Two numeric features vary over their range in the data, the others are held at their mean or most \
                    frequent category, or at what `at` says. At every point of the grid: the predicted number, or the \
                    class and all probabilities; with `layer` the activation of each of its units, with `unit` too of \
                    that one. With `x` alone, or where only one feature varies, the answer is a curve. Without `x` and \
                    `y` the first two numeric features that vary are taken. As SVG or PNG it is a map: classes in \
                    their colours, the paler the less certain, with the boundary between them and up to 400 rows of \
                    the data; numbers in shades of blue, or blue to orange where there are negative ones too.""")
    @ApiResponse(
            responseCode = "200",
            description = "The grid",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = DecisionGrid.class)),
                @Content(mediaType = PictureForm.SVG_TYPE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.IMAGE_PNG_VALUE, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "400", description = "A parameter has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such model")
    @ApiResponse(
            responseCode = "422",
            description =
                    "The model has no such column, layer or unit, a range is empty, or the answer would be too large")
    void grid(
            Tenant tenant,
            @PathVariable String id,
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
        var query = new PlaneQuery(x, y, points, xFrom, xTo, yFrom, yTo, PlaneQuery.held(request));
        ModelDescription description = files.describe(tenant, id);
        Interpretation model = description.interpretation();
        String datasetId = description.provenance().datasetId();
        List<String> targets =
                model.targets().columns().stream().map(Target::column).toList();
        Aspect aspect = Aspect.of(model.network(), targets, target, layer, unit);
        Plane plane = planes.lay(tenant, datasetId, model.features().columns(), query);
        aspect.requireAnswerable(model.network(), plane, 1);
        if (form != PictureForm.JSON) {
            SurfacePictures.requireDrawable(plane, aspect, 1);
        }
        Surface surface = read(tenant, id, plane, aspect);
        if (form == PictureForm.JSON) {
            write(id, plane, surface, response);
        } else {
            Scatter scatter =
                    layer == null ? planes.scatter(tenant, datasetId, plane, targets.get(aspect.target())) : null;
            Picture picture = new SurfacePictures(plane, List.of(surface), scatter).picture(title(tenant, id));
            form.write(picture, response);
        }
    }

    private Surface read(Tenant tenant, String id, Plane plane, Aspect aspect) {
        LoadedModel model = files.load(tenant, id, ReadSurface.capacity(plane));
        try (var reader = new ReadSurface(model.description().interpretation(), model.network(), plane, aspect)) {
            return reader.read();
        }
    }

    private void write(String id, Plane plane, Surface surface, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
            var writer = new SurfaceJson(out, plane);
            out.writeStartObject();
            out.writeStringProperty("modelId", id);
            writer.writePlane();
            writer.writeSurface(surface);
            out.writeEndObject();
        }
    }

    private String title(Tenant tenant, String id) {
        String name = models.find(tenant, id).name();
        return name == null ? id : name;
    }
}
