package dev.descent.model;

import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(ModelController.PATH + "/{id}/predictions")
@Tag(name = "Models")
class PredictionController {

    static final int MAXIMUM_ROWS = 10_000;

    /// Numbers in one answer; a million are about 20 MB of JSON.
    static final long MAXIMUM_NUMBERS = 1_000_000;

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    static final String EXAMPLE = """
            {"rows": [{"one": 1, "x": 3.0}, {"one": 1, "x": -2.0}]}""";

    private static final String CSV_EXAMPLE = """
            one,x
            1,3.0
            1,-2.0
            """;

    private static final String NDJSON_EXAMPLE = """
            {"one": 1, "x": 3.0}
            [1, -2.0]
            """;

    private final ModelFiles files;
    private final TextPredictions texts;

    PredictionController(ModelFiles files, TextPredictions texts) {
        this.files = files;
        this.texts = texts;
    }

    /// The answers, in the order of the rows.
    record Predictions(List<Prediction> predictions) {}

    @PostMapping(consumes = "application/json", produces = "application/json")
    @Operation(
            summary = "Predict rows",
            description = """
                    A row is an object from column to value, or a list of values in the order of the model's columns. \
                    A numeric column takes a number, a categorical one a text it had in training. A regression \
                    answers with `value`, on the target's own scale; a model with several targets with `targets`, these \
                    for each of them. A classification answers with `label`, the most \
                    probable class (the first of equals), and the `probabilities` of all. `include` adds: `logits`, \
                    z of the last layer; `activations`, a of every layer; `inputGradients`, for each column the \
                    derivative of the value, or of the network's output for the label, with respect to what was sent \
                    (with two classes on one output, of that output: up towards the second class). One \
                    row that cannot be answered refuses them all. JSON holds at most 10,000 rows. Any number fits into \
                    CSV, whose header names the model's columns in any order (the target's may be among them), and \
                    into NDJSON, a row of JSON on each line; both are answered in kind, a line for each row: CSV with \
                    `value`, or with `label` and the probability of each class.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        examples =
                                                @ExampleObject(name = "Two points of the parabola", value = EXAMPLE)),
                                @Content(
                                        mediaType = CSV,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(name = "The same as CSV", value = CSV_EXAMPLE)),
                                @Content(
                                        mediaType = NDJSON,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(name = "The same as NDJSON", value = NDJSON_EXAMPLE))
                            }))
    @ApiResponse(
            responseCode = "200",
            description = "A prediction for each row, in order",
            content = {
                @Content(mediaType = "application/json"),
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = NDJSON, schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such model")
    @ApiResponse(responseCode = "413", description = "More rows than one request may send")
    @ApiResponse(responseCode = "422", description = "Rows do not fit the model: each error says where and why")
    Predictions predict(Tenant tenant, @PathVariable String id, @RequestBody PredictionRequest request) {
        int rows = request.rows().size();
        if (rows > MAXIMUM_ROWS) {
            throw new TooManyRows(rows, MAXIMUM_ROWS);
        }
        if (rows == 0) {
            throw new RowsRefused(new Violation("/rows", "no-rows", "there are no rows to predict"));
        }
        Set<Include> include = request.included();
        int capacity = Math.min(rows, Predictor.CHUNK);
        try (LoadedModel model = files.load(tenant, id, capacity)) {
            requireAnswerable(rows, Predictor.numbersPerRow(model.description(), include));
            double[][] cells = JsonRows.read(model.description().features().columns(), request.rows());
            var predictor = new Predictor(model, capacity, include, PredictionController::notFinite);
            return new Predictions(predictor.predict(cells, rows));
        }
    }

    @Operation(hidden = true)
    @PostMapping(consumes = CSV, produces = CSV)
    void predictCsv(Tenant tenant, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        texts.answerCsv(tenant, id, request, response);
    }

    @Operation(hidden = true)
    @PostMapping(consumes = NDJSON, produces = NDJSON)
    void predictNdjson(Tenant tenant, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        texts.answerNdjson(tenant, id, request, response);
    }

    private static RowsRefused notFinite(int row, String message) {
        return new RowsRefused(new Violation("/rows/" + row, "prediction-not-finite", message));
    }

    private static void requireAnswerable(int rows, long perRow) {
        if (rows * perRow > MAXIMUM_NUMBERS) {
            throw new RowsRefused(new Violation(
                    "/rows",
                    "answer-too-large",
                    "the answer would hold " + rows * perRow + " numbers, " + perRow + " for each row; it may hold "
                            + MAXIMUM_NUMBERS));
        }
    }
}
