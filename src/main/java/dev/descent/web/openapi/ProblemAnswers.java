package dev.descent.web.openapi;

import dev.descent.web.problem.Problem;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Map;
import java.util.TreeMap;

/// Says of every operation that its failures are problem documents, and adds those that every operation has.
final class ProblemAnswers {

    private static final String PROBLEM_JSON = "application/problem+json";

    private ProblemAnswers() {}

    static void addTo(OpenAPI api, Schemas schemas) {
        String reference = schemas.answer(Problem.class).get$ref();
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> {
                    ApiResponses responses = operation.getResponses();
                    responses.forEach((status, response) -> {
                        if (status.startsWith("4") || status.startsWith("5")) {
                            response.setContent(problem(reference));
                        }
                    });
                    usual(path, operation).forEach((status, description) -> {
                        if (!responses.containsKey(status)) {
                            responses.addApiResponse(
                                    status,
                                    new ApiResponse().description(description).content(problem(reference)));
                        }
                    });
                }));
    }

    private static Map<String, String> usual(String path, Operation operation) {
        var answers = new TreeMap<String, String>();
        answers.put("default", "Any other failure");
        answers.put("401", "The service asks for keys, and the request shows none that is known");
        if (operation.getParameters() != null || operation.getRequestBody() != null) {
            answers.put("400", "The request cannot be parsed, or a value has the wrong type");
            answers.put("422", "The request was understood and is refused; each error says why");
        }
        if (path.contains("{")) {
            answers.put("404", "Nothing has this id");
        }
        if (operation.getRequestBody() != null) {
            answers.put("413", "The body is larger than the service takes");
            answers.put("415", "The body is of a kind that this operation does not read");
        }
        return answers;
    }

    private static Content problem(String reference) {
        return new Content().addMediaType(PROBLEM_JSON, new MediaType().schema(new JsonSchema().$ref(reference)));
    }
}
