package dev.descent.web.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What enum constants are called on the wire: those of the core in camel case (`float64`), others as they are
/// declared, unless `@JsonProperty` says otherwise.
public final class Constants {

    private static final String CORE = "dev.descent.core.";

    private Constants() {}

    public static boolean ofCore(Class<?> type) {
        return type.isEnum() && type.getName().startsWith(CORE);
    }

    public static String nameOf(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        JsonProperty given = annotation(type, constant);
        if (given != null && !given.value().isEmpty()) {
            return given.value();
        }
        return ofCore(type) ? camelCase(constant.name()) : constant.name();
    }

    public static List<String> namesOf(Class<?> type) {
        return constants(type).stream().map(Constants::nameOf).toList();
    }

    /// The constant called `name`, in whatever case it is written.
    public static @Nullable Enum<?> constant(Class<?> type, String name) {
        return constants(type).stream()
                .filter(constant -> nameOf(constant).equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private static List<? extends Enum<?>> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .toList();
    }

    private static @Nullable JsonProperty annotation(Class<?> type, Enum<?> constant) {
        try {
            return type.getField(constant.name()).getAnnotation(JsonProperty.class);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static String camelCase(String name) {
        var result = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            result.append(result.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return result.toString();
    }
}
