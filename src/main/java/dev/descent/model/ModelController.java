package dev.descent.model;

import dev.descent.core.nn.LayerWeights;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(ModelController.PATH)
@Tag(name = "Models", description = "What training jobs made: look inside, predict, take the weights along.")
class ModelController {

    static final String PATH = "/api/v1/models";

    private final Models models;
    private final ModelFiles files;
    private final JsonMapper json;

    ModelController(Models models, ModelFiles files, JsonMapper json) {
        this.models = models;
        this.files = files;
        this.json = json;
    }

    @GetMapping
    @Operation(summary = "List the models, newest first")
    Page<ModelEntry> list(
            Tenant tenant,
            @Parameter(description = "Part of the name, in any case") @RequestParam(required = false) @Nullable
                    String q,
            @Parameter(description = "How many at most, 1 to 500; 50 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String after) {
        return models.list(tenant, q, PageRequest.of(limit, after, Models.PREFIX))
                .map(ModelEntry::from);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read what a model is, how well it does and where it comes from", description = """
                    Architecture, columns, scaling, metrics and provenance. `weightsSha256` is the digest of all \
                    weights: training again from the same spec on the same data gives the same.""")
    @ApiResponse(responseCode = "200", description = "Everything but the weights")
    @ApiResponse(responseCode = "404", description = "There is no such model")
    ModelResource find(Tenant tenant, @PathVariable String id) {
        StoredModel model = models.find(tenant, id);
        ModelDescription description = files.describe(tenant, id);
        return ModelResource.from(
                model, description, json.readTree(description.provenance().spec()));
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Delete a model", description = "The job that made it stays, without a model.")
    @ApiResponse(responseCode = "204", description = "The model is gone")
    @ApiResponse(responseCode = "404", description = "There is no such model")
    ResponseEntity<Void> delete(Tenant tenant, @PathVariable String id) {
        models.delete(tenant, id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{id}/weights")
    @Operation(summary = "Take the weights along", description = """
                    For each layer `weights`, W (units x in), and `biases`, null where the layer has none: what \
                    `initialWeights` of a training job and `weights` of a network's passes take.""")
    @ApiResponse(responseCode = "200", description = "The weights, layer by layer, to the last bit")
    @ApiResponse(responseCode = "404", description = "There is no such model")
    List<LayerWeights> weights(Tenant tenant, @PathVariable String id) {
        try (LoadedModel model = files.load(tenant, id, 1)) {
            return model.network().weights();
        }
    }
}
