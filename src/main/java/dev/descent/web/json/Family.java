package dev.descent.web.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sealed interface whose permitted subclasses are all records: on the wire, an object whose `type` names the
/// variant.
///
/// A variant's name is its simple name with a small first letter, so `LayerSpec.Dense` is `dense`. Where nothing but
/// the
/// name has to be said, a bare string says it.
///
/// @param variants by wire name, in the order in which the interface declares them
public record Family(Class<?> type, Map<String, Class<? extends Record>> variants) {

    /// The property of an object that names its variant.
    public static final String DISCRIMINATOR = "type";

    private static final String HOME = "dev.descent.";

    private static final ClassValue<Optional<Family>> FAMILIES = new ClassValue<>() {
        @Override
        protected Optional<Family> computeValue(Class<?> type) {
            return Optional.ofNullable(find(type));
        }
    };

    /// The family that `type` is, if it is one.
    public static Optional<Family> of(Class<?> type) {
        return FAMILIES.get(type);
    }

    /// The family that has `variant` as one of its own.
    public static Optional<Family> containing(Class<?> variant) {
        return Arrays.stream(variant.getInterfaces())
                .flatMap(type -> of(type).stream())
                .findFirst();
    }

    public static String nameOf(Class<?> variant) {
        String name = variant.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /// The variant called `name`, in whatever case it is written.
    public @Nullable Class<? extends Record> variant(String name) {
        Class<? extends Record> exact = variants.get(name);
        if (exact != null) {
            return exact;
        }
        return variants.entrySet().stream()
                .filter(variant -> variant.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /// The same family with `variant` alone, for places that take nothing else.
    Family only(Class<?> variant) {
        return new Family(type, Map.of(nameOf(variant), variant.asSubclass(Record.class)));
    }

    public List<String> names() {
        return List.copyOf(variants.keySet());
    }

    private static @Nullable Family find(Class<?> type) {
        if (!type.isInterface() || !type.isSealed() || !type.getName().startsWith(HOME)) {
            return null;
        }
        Map<String, Class<? extends Record>> variants = new LinkedHashMap<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (!permitted.isRecord()) {
                return null;
            }
            variants.put(nameOf(permitted), permitted.asSubclass(Record.class));
        }
        return new Family(type, variants);
    }
}
