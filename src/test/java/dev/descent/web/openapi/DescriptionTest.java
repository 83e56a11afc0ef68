package dev.descent.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.descent.BootedService;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BootedService
class DescriptionTest {

    private static final Path COMMITTED = Path.of("openapi.yaml");

    @LocalServerPort
    private int port;

    @Autowired
    private JsonMapper json;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    private JsonNode api;

    private record Operation(String path, String method, JsonNode node) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeEach
    void fetchDescription() throws Exception {
        api = new JsonMapper().readTree(get("/v3/api-docs"));
    }

    /// After a wanted change: `mvn test -Dtest=DescriptionTest -Dopenapi.update=true`, and read the difference.
    @Test
    void committedDescriptionIsTheServices() throws Exception {
        String served = get("/v3/api-docs.yaml");
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(COMMITTED, served);
        }

        assertThat(served).isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = api.findValuesAsString("$ref");

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everyOperationSaysWhatItIsFor() {
        List<Operation> operations = operations();

        assertThat(operations).hasSizeGreaterThan(5).allSatisfy(operation -> {
            assertThat(operation.node().path("summary").asString("")).isNotBlank();
            assertThat(operation.node().path("tags").size()).isEqualTo(1);
        });
        assertThat(operations.stream().map(operation -> operation.node().get("operationId")))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyOperationSaysWhatItAnswers() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(
                                operation.node().get("responses").propertyNames())
                        .anyMatch(status -> status.startsWith("2") || status.startsWith("3"))
                        .contains("default"));
        assertThat(operations())
                .allSatisfy(operation -> operation
                        .node()
                        .get("responses")
                        .forEachEntry((status, response) -> response.path("content")
                                .forEachEntry((mediaType, content) -> assertThat(
                                                content.path("schema").isEmpty())
                                        .as(status + " " + mediaType)
                                        .isFalse())));
    }

    @Test
    void everyFailureIsAProblem() {
        assertThat(operations())
                .allSatisfy(operation -> operation.node().get("responses").forEachEntry((status, response) -> {
                    if (!status.startsWith("2") && !status.startsWith("3")) {
                        assertThat(response.at("/content/application~1problem+json/schema/$ref")
                                        .asString(""))
                                .as(status)
                                .isEqualTo("#/components/schemas/Problem");
                        assertThat(response.get("content").size()).isEqualTo(1);
                    }
                }));
    }

    @Test
    void everyExampleIsReadByItsOperation() {
        List<Operation> withBody = operations().stream()
                .filter(operation ->
                        bodyOf(operation) != null && !examples(operation).isEmpty())
                .toList();

        assertThat(withBody)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(examples(operation))
                        .allSatisfy(example -> assertThatCode(
                                        () -> json.treeToValue(example, json.constructType(bodyOf(operation))))
                                .doesNotThrowAnyException()));
    }

    @Test
    void everyJsonBodyHasAnExample() {
        assertThat(operations())
                .filteredOn(operation -> operation
                        .node()
                        .at("/requestBody/content/application~1json")
                        .isObject())
                .allSatisfy(operation -> assertThat(examples(operation)).isNotEmpty());
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        api.get("paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((method, node) -> operations.add(new Operation(path, method, node))));
        return operations;
    }

    private static List<JsonNode> examples(Operation operation) {
        JsonNode body = operation.node().at("/requestBody/content/application~1json");
        List<JsonNode> examples = new ArrayList<>();
        if (body.has("example")) {
            examples.add(body.get("example"));
        }
        body.path("examples").forEach(example -> examples.add(example.get("value")));
        return examples;
    }

    /// The type that the operation's controller reads its body as; null where it reads none.
    private Type bodyOf(Operation operation) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(handler -> handler.getKey().getPatternValues().contains(operation.path())
                        && handler.getKey()
                                .getMethodsCondition()
                                .getMethods()
                                .contains(
                                        RequestMethod.valueOf(operation.method().toUpperCase(java.util.Locale.ROOT))))
                .map(Map.Entry::getValue)
                .flatMap(handler -> Arrays.stream(handler.getMethodParameters()))
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(MethodParameter::getGenericParameterType)
                .filter(type -> type.getTypeName().startsWith("dev.descent."))
                .findFirst()
                .orElse(null);
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }
}
