package dev.descent.model;

import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(ModelController.PATH + "/{id}/evaluations")
@Tag(name = "Models")
class EvaluationController {

    private final EvaluateModel evaluate;

    EvaluationController(EvaluateModel evaluate) {
        this.evaluate = evaluate;
    }

    @PostMapping
    @Operation(
            summary = "Measure a model on a dataset",
            description = """
                    Any dataset that has the model's columns and its target, found by name; other columns are passed \
                    over. Categories and classes are matched by their text, so that a numeric column of 0 and 1 fits \
                    classes `0` and `1`. `part` takes only the rows that the model's own job trained on, or held out. \
                    Always: the job's loss, every row counted once, whatever it weighed in the job. For numbers: R², mean absolute and squared error, on the target's own \
                    scale. For classes: accuracy, confusion matrix, and precision, recall and F1 of each class; for two \
                    classes also the ROC and the precision-recall curve with their areas; where outputs are \
                    probabilities, how well they come true. Nothing is kept of it. \
                    Models with several targets are refused.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "On all rows of the newest dataset of this name",
                                                            value = "{\"datasetId\": \"parabola\"}"))))
    @ApiResponse(responseCode = "200", description = "The measures; those that do not apply are null")
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such model")
    @ApiResponse(responseCode = "422", description = "The dataset does not fit the model: each error says why")
    Evaluation evaluate(Tenant tenant, @PathVariable String id, @RequestBody EvaluationRequest request) {
        return evaluate.evaluate(tenant, id, request);
    }
}
