package dev.descent.web.openapi;

import dev.descent.web.json.Fallback;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What `@Schema` says about a type or a component beyond what its Java type says already: description, example,
/// allowed
/// values, bounds.
final class Words {

    private Words() {}

    static io.swagger.v3.oas.models.media.Schema<?> of(
            AnnotatedElement element, io.swagger.v3.oas.models.media.Schema<?> schema) {
        Schema words = element.getAnnotation(Schema.class);
        if (words == null) {
            return schema;
        }
        if (!words.description().isEmpty()) {
            schema.setDescription(words.description());
        }
        if (!words.example().isEmpty()) {
            schema.setExample(value(words.example(), isText(schema)));
        }
        if (words.allowableValues().length > 0) {
            Schemas.allow(schema, List.of(words.allowableValues()));
        }
        if (!words.minimum().isEmpty()) {
            schema.setMinimum(new BigDecimal(words.minimum()));
        }
        if (!words.maximum().isEmpty()) {
            schema.setMaximum(new BigDecimal(words.maximum()));
        }
        return schema;
    }

    /// The plain Java value of what `text` says in JSON; `text` itself where `literal`, or where it is no JSON.
    static @Nullable Object value(String text, boolean literal) {
        return value(Fallback.of(text, literal ? String.class : Object.class));
    }

    private static boolean isText(io.swagger.v3.oas.models.media.Schema<?> schema) {
        return schema.getTypes() != null && schema.getTypes().contains("string");
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : (Object) node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            case ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                node.forEach(element -> values.add(value(element)));
                yield values;
            }
            case OBJECT -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                node.forEachEntry((name, property) -> values.put(name, value(property)));
                yield values;
            }
            case NULL, MISSING -> null;
            case STRING, BINARY, POJO -> node.asString();
        };
    }
}
