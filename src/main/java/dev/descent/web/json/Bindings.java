package dev.descent.web.json;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds the binding of a type; those of records, families and enums are made once.
final class Bindings {

    private static final String HOME = "dev.descent.";

    private final Map<Class<?>, Binding> known = new ConcurrentHashMap<>();

    /// The binding of a record, a family, a variant or an enum of ours; empty for every other class.
    Optional<Binding> of(Class<?> type) {
        Binding binding = known.get(type);
        if (binding == null) {
            binding = make(type);
            if (binding != null) {
                known.put(type, binding);
            }
        }
        return Optional.ofNullable(binding);
    }

    Binding of(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedArrayType array && type instanceof Class<?> raw) {
            return Sequence.array(raw.getComponentType(), slot(array.getAnnotatedGenericComponentType()));
        }
        if (annotated instanceof AnnotatedParameterizedType generic
                && type instanceof ParameterizedType parameterized) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return Sequence.list(slot(arguments[0]));
            }
            if (parameterized.getRawType() == Map.class && arguments[0].getType() == String.class) {
                return new Dictionary(slot(arguments[1]));
            }
        }
        if (type instanceof Class<?> raw) {
            return scalar(raw).or(() -> of(raw)).orElseGet(() -> new Other(type));
        }
        return new Other(type);
    }

    Slot slot(AnnotatedType annotated) {
        return new Slot(of(annotated), annotated.isAnnotationPresent(Nullable.class));
    }

    private static Optional<Binding> scalar(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return Optional.of(Scalar.INT);
        }
        if (type == long.class || type == Long.class) {
            return Optional.of(Scalar.LONG);
        }
        if (type == double.class || type == Double.class) {
            return Optional.of(Scalar.DOUBLE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of(Scalar.BOOLEAN);
        }
        if (type == String.class) {
            return Optional.of(Scalar.TEXT);
        }
        return Optional.empty();
    }

    private @Nullable Binding make(Class<?> type) {
        if (!type.getName().startsWith(HOME)) {
            return null;
        }
        if (type.isEnum()) {
            return new Constant(type);
        }
        Optional<Family> family =
                Family.of(type).or(() -> Family.containing(type).map(all -> all.only(type)));
        if (family.isPresent()) {
            return new Variant(family.get(), this);
        }
        if (type.isRecord() && type.getTypeParameters().length == 0) {
            return new Components(type.asSubclass(Record.class), this);
        }
        return null;
    }
}
