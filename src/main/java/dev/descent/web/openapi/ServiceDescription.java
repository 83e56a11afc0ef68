package dev.descent.web.openapi;

import dev.descent.storage.Recorded;
import dev.descent.web.json.Constants;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.tags.Tag;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Puts our own schemas, from the signatures of the controllers, in place of those that springdoc guesses.
@Component
class ServiceDescription implements GlobalOpenApiCustomizer {

    private static final String JSON = "application/json";
    private static final Pattern REFERENCE = Pattern.compile("#/components/schemas/([^\"]+)");
    private static final List<String> WAY_THROUGH =
            List.of("Datasets", "Networks", "Training jobs", "Experiments", "Models", "Lessons");
    private static final String HOME = "dev.descent.";

    private final RequestMappingHandlerMapping mapping;

    ServiceDescription(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    private record Described(Operation operation, HandlerMethod method) {}

    @Override
    public void customise(OpenAPI api) {
        List<Described> operations = operations(api);
        var schemas = new Schemas();
        operations.forEach(described -> describeRequest(described, schemas));
        operations.forEach(described -> describeAnswer(described, schemas));
        operations.forEach(described -> nameOperation(described.operation(), described.method()));
        ProblemAnswers.addTo(api, schemas);
        keepReferred(api, schemas);
        if (api.getTags() != null) {
            api.setTags(api.getTags().stream()
                    .sorted(Comparator.comparingInt(ServiceDescription::turn).thenComparing(Tag::getName))
                    .toList());
        }
    }

    /// Tags in the order in which a newcomer needs them; others come last.
    private static int turn(Tag tag) {
        int index = WAY_THROUGH.indexOf(tag.getName());
        return index < 0 ? WAY_THROUGH.size() : index;
    }

    private List<Described> operations(OpenAPI api) {
        List<Described> operations = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, method) -> {
            if (method.getBeanType().getName().startsWith(HOME)) {
                for (Operation operation : operations(api, info)) {
                    operations.add(new Described(operation, method));
                }
            }
        });
        operations.sort((a, b) -> a.method().toString().compareTo(b.method().toString()));
        return operations;
    }

    private static List<Operation> operations(OpenAPI api, RequestMappingInfo info) {
        List<Operation> operations = new ArrayList<>();
        for (String path : info.getPatternValues()) {
            PathItem item = api.getPaths().get(path);
            for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                Operation operation =
                        item == null ? null : item.readOperationsMap().get(PathItem.HttpMethod.valueOf(method.name()));
                if (operation != null) {
                    operations.add(operation);
                }
            }
        }
        return operations;
    }

    private static void describeRequest(Described described, Schemas schemas) {
        Operation operation = described.operation();
        for (MethodParameter parameter : described.method().getMethodParameters()) {
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null && parameter.getParameterType().isEnum()) {
                String name = query.name().isEmpty() ? parameter.getParameter().getName() : query.name();
                nameConstants(operation, name, parameter.getParameterType());
            }
            if (parameter.hasParameterAnnotation(RequestBody.class) && operation.getRequestBody() != null) {
                AnnotatedType type = parameter.getParameter().getAnnotatedType();
                describe(operation.getRequestBody().getContent(), () -> schemas.request(type));
            }
        }
    }

    private static void nameConstants(Operation operation, String name, Class<?> type) {
        for (Parameter parameter :
                operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters()) {
            if (parameter.getName().equals(name)) {
                Schema<?> names = Schemas.names(Constants.namesOf(type));
                Object fallback = parameter.getSchema() == null
                        ? null
                        : parameter.getSchema().getDefault();
                if (fallback != null && Constants.constant(type, fallback.toString()) instanceof Enum<?> constant) {
                    names.setDefault(Constants.nameOf(constant));
                }
                parameter.setSchema(names);
            }
        }
    }

    private static void describeAnswer(Described described, Schemas schemas) {
        Map<String, Class<?>> annotated = annotated(described.method());
        AnnotatedType type = answered(described.method().getMethod().getAnnotatedReturnType());
        described.operation().getResponses().forEach((status, response) -> {
            Class<?> named = annotated.get(status);
            if (named != null) {
                describe(response.getContent(), () -> schemas.answer(named));
            } else if (status.startsWith("2") && type != null) {
                describe(response.getContent(), () -> schemas.answer(type));
            }
        });
    }

    /// The classes that annotations name as an answer's JSON, by status.
    private static Map<String, Class<?>> annotated(HandlerMethod method) {
        Set<ApiResponse> answers = new LinkedHashSet<>(
                AnnotatedElementUtils.findMergedRepeatableAnnotations(method.getMethod(), ApiResponse.class));
        var operation = method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        if (operation != null) {
            answers.addAll(List.of(operation.responses()));
        }
        Map<String, Class<?>> named = new TreeMap<>();
        for (ApiResponse answer : answers) {
            for (io.swagger.v3.oas.annotations.media.Content content : answer.content()) {
                Class<?> type = content.schema().implementation();
                boolean json =
                        content.mediaType().isEmpty() || content.mediaType().equals(JSON);
                if (json && type.getName().startsWith(HOME)) {
                    named.put(answer.responseCode(), type);
                }
            }
        }
        return named;
    }

    /// What the body of an answer is; null where the method's type does not say.
    private static @Nullable AnnotatedType answered(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType generic
                && generic.getType() instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && (HttpEntity.class.isAssignableFrom(raw) || raw == Recorded.class)) {
            return answered(generic.getAnnotatedActualTypeArguments()[0]);
        }
        String name = type.getType().getTypeName();
        return name.startsWith(HOME) || name.startsWith("java.util.") ? type : null;
    }

    private static void describe(@Nullable Content content, Supplier<Schema<?>> schema) {
        MediaType json = content == null ? null : content.get(JSON);
        if (json != null) {
            json.setSchema(schema.get());
        }
    }

    /// `cancel`, tagged `Training jobs`, is `trainingJobsCancel`: the same whichever operations there are beside it.
    private static void nameOperation(Operation operation, HandlerMethod method) {
        var annotation = method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        if (operation.getTags() != null && (annotation == null || !annotation.hidden())) {
            operation.setOperationId(camelCase(
                    operation.getTags().getFirst() + " " + method.getMethod().getName()));
        }
    }

    private static String camelCase(String words) {
        var name = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            name.append(
                    name.isEmpty()
                            ? word.substring(0, 1).toLowerCase(Locale.ROOT)
                            : word.substring(0, 1).toUpperCase(Locale.ROOT));
            name.append(word.substring(1));
        }
        return name.toString();
    }

    /// Our schemas, and of springdoc's those that an annotation names and we have not described.
    private static void keepReferred(OpenAPI api, Schemas schemas) {
        Map<String, Schema> theirs = api.getComponents().getSchemas();
        Map<String, Schema> kept = new TreeMap<>(schemas.defined());
        Deque<Object> unread = new ArrayDeque<>();
        unread.add(api.getPaths());
        while (!unread.isEmpty()) {
            Matcher references = REFERENCE.matcher(Json31.pretty(unread.remove()));
            while (references.find()) {
                String name = references.group(1);
                Schema<?> schema = theirs == null ? null : theirs.get(name);
                if (schema != null && kept.putIfAbsent(name, schema) == null) {
                    unread.add(schema);
                }
            }
        }
        api.getComponents().setSchemas(kept);
    }
}
