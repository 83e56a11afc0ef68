package dev.descent.web.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Default;
import dev.descent.web.json.Constants;
import dev.descent.web.json.Family;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Describes types as the service's JSON has them: required, optional with a default, or null; numbers with their
/// width;
/// families with their variants.
///
/// A type that requests hold is described as it must be sent; one that only answers hold, as it is written, where a
/// number may be null because it is not finite.
final class Schemas {

    private static final String HOME = "dev.descent.";
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Schema<?>> defined = new TreeMap<>();
    private final Map<String, Type> owners = new LinkedHashMap<>();
    private boolean answers;

    /// All schemas that have been referred to so far, by name.
    Map<String, Schema<?>> defined() {
        return defined;
    }

    Schema<?> request(AnnotatedType type) {
        answers = false;
        return of(type, Map.of());
    }

    /// To be called when all requests have been described.
    Schema<?> answer(AnnotatedType type) {
        answers = true;
        return of(type, Map.of());
    }

    /// To be called when all requests have been described.
    Schema<?> answer(Class<?> type) {
        answers = true;
        return simple(type);
    }

    private Schema<?> of(AnnotatedType annotated, Map<TypeVariable<?>, AnnotatedType> arguments) {
        Schema<?> schema = plain(annotated, arguments);
        return annotated.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
    }

    private Schema<?> plain(AnnotatedType annotated, Map<TypeVariable<?>, AnnotatedType> arguments) {
        Type type = annotated.getType();
        if (type instanceof TypeVariable<?> variable && arguments.get(variable) instanceof AnnotatedType actual) {
            return of(actual, arguments);
        }
        if (annotated instanceof AnnotatedArrayType array) {
            return type == byte[].class
                    ? typed("string", "byte")
                    : list(of(array.getAnnotatedGenericComponentType(), arguments));
        }
        if (annotated instanceof AnnotatedParameterizedType generic
                && type instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw) {
            return generic(generic, raw, arguments);
        }
        return type instanceof Class<?> raw ? simple(raw) : new JsonSchema();
    }

    private Schema<?> generic(
            AnnotatedParameterizedType generic, Class<?> raw, Map<TypeVariable<?>, AnnotatedType> arguments) {
        AnnotatedType[] actual = generic.getAnnotatedActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return list(of(actual[0], arguments));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return typed("object", null).additionalProperties(of(actual[1], arguments));
        }
        if (!raw.isRecord()) {
            return new JsonSchema();
        }
        Map<TypeVariable<?>, AnnotatedType> inner = new LinkedHashMap<>();
        for (int i = 0; i < actual.length; i++) {
            inner.put(raw.getTypeParameters()[i], actual[i]);
        }
        return reference(generic.getType(), raw, inner);
    }

    private Schema<?> simple(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> typed("integer", "int32");
            case "long", "Long" -> typed("integer", "int64");
            case "double", "Double" -> number("double");
            case "float", "Float" -> number("float");
            case "boolean", "Boolean" -> typed("boolean", null);
            case "String" -> typed("string", null);
            case "Instant" -> type == Instant.class ? typed("string", "date-time") : ours(type);
            default -> ours(type);
        };
    }

    private Schema<?> ours(Class<?> type) {
        if (type.isEnum()) {
            return names(Constants.namesOf(type));
        }
        boolean known = type.getName().startsWith(HOME)
                && (type.isRecord() || Family.of(type).isPresent());
        return known ? reference(type, type, Map.of()) : new JsonSchema();
    }

    private Schema<?> reference(Type type, Class<?> raw, Map<TypeVariable<?>, AnnotatedType> arguments) {
        String name = SchemaNames.of(type);
        Type owner = owners.putIfAbsent(name, type);
        if (owner == null) {
            defined.put(name, new JsonSchema());
            defined.put(name, Family.of(raw).map(this::family).orElseGet(() -> record(raw, arguments)));
        } else if (!owner.getTypeName().equals(type.getTypeName())) {
            throw new IllegalStateException("two types want the schema name " + name + ": " + owner + " and " + type);
        }
        return new JsonSchema().$ref(REFERENCE + name);
    }

    private Schema<?> family(Family family) {
        var discriminator = new Discriminator().propertyName(Family.DISCRIMINATOR);
        List<String> bare = new ArrayList<>();
        Schema<?> objects = new JsonSchema();
        family.variants().forEach((name, variant) -> {
            Schema<?> reference = reference(variant, variant, Map.of());
            objects.addOneOfItem(reference);
            discriminator.mapping(name, reference.get$ref());
            if (required(variant).isEmpty()) {
                bare.add(name);
            }
        });
        objects.discriminator(discriminator);
        if (bare.isEmpty()) {
            return objects;
        }
        Schema<?> choice = new JsonSchema();
        choice.addOneOfItem(names(bare));
        choice.addOneOfItem(objects);
        return choice.description("A bare name says the same as an object with that type and nothing else.");
    }

    private Schema<?> record(Class<?> type, Map<TypeVariable<?>, AnnotatedType> arguments) {
        Schema<?> schema = typed("object", null);
        Family.containing(type).ifPresent(family -> {
            schema.addProperty(Family.DISCRIMINATOR, names(List.of(Family.nameOf(type))));
            schema.addRequiredItem(Family.DISCRIMINATOR);
        });
        for (RecordComponent component : type.getRecordComponents()) {
            boolean left = leftOut(type, component);
            AnnotatedType declared = component.getAnnotatedType();
            Schema<?> property = left ? plain(declared, arguments) : of(declared, arguments);
            schema.addProperty(component.getName(), Words.of(component.getAccessor(), defaulted(property, component)));
            if (answers ? !left : isRequired(component)) {
                schema.addRequiredItem(component.getName());
            }
        }
        if (!answers) {
            schema.additionalProperties(false);
        }
        return Words.of(type, schema);
    }

    private static List<String> required(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (isRequired(component)) {
                names.add(component.getName());
            }
        }
        return names;
    }

    private static boolean isRequired(RecordComponent component) {
        return !component.isAnnotationPresent(Default.class)
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /// Whether answers leave the component out instead of writing null.
    private static boolean leftOut(Class<?> type, RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && (leavesOut(type) || leavesOut(component.getAccessor()));
    }

    private static boolean leavesOut(AnnotatedElement element) {
        JsonInclude include = element.getAnnotation(JsonInclude.class);
        return include != null
                && (include.value() == JsonInclude.Include.NON_NULL
                        || include.value() == JsonInclude.Include.NON_EMPTY);
    }

    private static Schema<?> defaulted(Schema<?> schema, RecordComponent component) {
        Default given = component.getAnnotation(Default.class);
        if (given != null) {
            schema.setDefault(Words.value(given.value(), component.getType() == String.class));
        }
        return schema;
    }

    private Schema<?> number(String format) {
        Schema<?> number = typed("number", format);
        return answers ? orNull(number) : number;
    }

    private static Schema<?> typed(String type, @Nullable String format) {
        var schema = new JsonSchema();
        schema.addType(type);
        schema.setFormat(format);
        return schema;
    }

    private static Schema<?> list(Schema<?> items) {
        return typed("array", null).items(items);
    }

    static Schema<?> names(List<String> names) {
        Schema<?> schema = typed("string", null);
        allow(schema, names);
        return schema;
    }

    static void allow(Schema<?> schema, List<String> names) {
        if (schema instanceof JsonSchema choice) {
            List<@Nullable Object> allowed = new ArrayList<>(names);
            if (schema.getTypes() != null && schema.getTypes().contains("null")) {
                allowed.add(null);
            }
            choice.setEnum(allowed);
        }
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() == null) {
            return schema.get$ref() == null
                    ? schema
                    : new JsonSchema().addOneOfItem(schema).addOneOfItem(typed("null", null));
        }
        schema.addType("null");
        if (schema instanceof JsonSchema names && names.getEnum() != null) {
            names.addEnumItemObject(null);
        }
        return schema;
    }
}
