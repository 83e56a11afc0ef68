package dev.descent.web.openapi;

import dev.descent.web.json.Family;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What types are called in the description: `NetworkResource`, `PageNetworkResource`, `Optimizer`, `AdamOptimizer`.
final class SchemaNames {

    private SchemaNames() {}

    static String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return of(generic.getRawType())
                    + Arrays.stream(generic.getActualTypeArguments())
                            .map(SchemaNames::of)
                            .collect(Collectors.joining());
        }
        if (!(type instanceof Class<?> raw)) {
            return type.getTypeName();
        }
        Schema words = raw.getAnnotation(Schema.class);
        if (words != null && !words.name().isEmpty()) {
            return words.name();
        }
        return Family.containing(raw)
                .map(family -> raw.getSimpleName() + family(family))
                .or(() -> Family.of(raw).map(SchemaNames::family))
                .orElseGet(raw::getSimpleName);
    }

    private static String family(Family family) {
        String name = family.type().getSimpleName();
        return name.endsWith("Spec") ? name.substring(0, name.length() - "Spec".length()) : name;
    }
}
