package dev.descent.web.capabilities;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.descent.core.Default;
import dev.descent.web.json.Constants;
import dev.descent.web.json.Fallback;
import dev.descent.web.json.Family;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A parameter of a variant.
@Schema(description = "A parameter of a variant")
record CapabilityParameter(
        String name,

        @Schema(
                description =
                        "number, integer, boolean, string, one of the lists of this document, or such with [] for a list",
                example = "number")
        String type,

        boolean required,

        @Schema(
                description = "What it is when left out; null where it is required, or may be absent",
                types = {"number", "boolean", "string", "null"})
        @JsonProperty("default")
        @Nullable
        JsonNode fallback,

        @Schema(description = "The words it takes; null where it takes no words") @Nullable
        List<String> allowed) {

    static List<CapabilityParameter> of(Class<? extends Record> variant) {
        return Arrays.stream(variant.getRecordComponents())
                .map(CapabilityParameter::of)
                .toList();
    }

    private static CapabilityParameter of(RecordComponent component) {
        Default given = component.getAnnotation(Default.class);
        boolean optional = given != null || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Class<?> raw = component.getType();
        return new CapabilityParameter(
                component.getName(),
                type(component.getGenericType()),
                !optional,
                given == null ? null : Fallback.of(given.value(), raw),
                raw.isEnum() ? Constants.namesOf(raw) : null);
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType list) {
            return type(list.getActualTypeArguments()[0]) + "[]";
        }
        Class<?> raw = (Class<?>) type;
        if (raw == double.class || raw == Double.class) {
            return "number";
        }
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            return "integer";
        }
        if (raw == boolean.class) {
            return "boolean";
        }
        if (raw == String.class || raw.isEnum()) {
            return "string";
        }
        return Family.of(raw).isPresent() ? raw.getSimpleName().toLowerCase(Locale.ROOT) : Family.nameOf(raw);
    }
}
