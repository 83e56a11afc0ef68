package dev.descent.web.json;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A record, from a JSON object with a property for each component.
///
/// A component that the object does not name takes its `@Default`, else null where it is `@Nullable`; any other is
/// required. What the record's constructor refuses is a complaint like every other.
final class Components implements Binding {

    private final Class<? extends Record> type;
    private final Bindings bindings;
    private final boolean variant;
    private final Constructor<? extends Record> constructor;
    private final List<String> names;
    private volatile @Nullable List<Component> components;

    Components(Class<? extends Record> type, Bindings bindings) {
        this(type, bindings, false);
    }

    private Components(Class<? extends Record> type, Bindings bindings, boolean variant) {
        this.type = type;
        this.bindings = bindings;
        this.variant = variant;
        this.constructor = constructor(type);
        this.names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /// The record as a variant of its family: `type` says which variant it is and is no component.
    static Components ofVariant(Class<? extends Record> type, Bindings bindings) {
        return new Components(type, bindings, true);
    }

    private record Component(
            String name,
            Slot slot,
            boolean primitive,
            @Nullable JsonNode fallback) {

        static Component of(RecordComponent component, Bindings bindings) {
            Default given = component.getAnnotation(Default.class);
            return new Component(
                    component.getName(),
                    bindings.slot(component.getAnnotatedType()),
                    component.getType().isPrimitive(),
                    given == null ? null : Fallback.of(given.value(), component.getType()));
        }

        @Nullable
        Object read(JsonNode object, Place parent, Reading reading) {
            Place place = parent.property(name);
            JsonNode node = object.get(name);
            if (node == null) {
                node = fallback;
            }
            if (node == null) {
                if (!slot.nullable()) {
                    String message =
                            name + " is missing; it must be " + slot.binding().expected();
                    reading.refused(
                            place, "required", message, null, slot.binding().allowed());
                }
                return null;
            }
            if (primitive && node.isNull()) {
                reading.wrongType(place, slot.binding().expected(), node);
                return null;
            }
            return slot.read(node, place, reading);
        }
    }

    @Override
    public String expected() {
        return "an object";
    }

    @Override
    public @Nullable Object read(JsonNode node, Place place, Reading reading) {
        if (!node.isObject()) {
            reading.wrongType(place, expected(), node);
            return null;
        }
        int before = reading.count();
        refuseUnknown(node, place, reading);
        @Nullable
        Object[] values = components().stream()
                .map(component -> component.read(node, place, reading))
                .toArray();
        return reading.count() > before ? null : construct(values, place, reading);
    }

    private void refuseUnknown(JsonNode node, Place place, Reading reading) {
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String name = property.getKey();
            if (reading.isFull()) {
                return;
            }
            if (names.contains(name) || (variant && name.equals(Family.DISCRIMINATOR))) {
                continue;
            }
            String advice = Nearest.to(name, names)
                    .map(guess -> "; did you mean " + guess + "?")
                    .orElse(names.isEmpty() ? "; none is expected" : "; known are " + String.join(", ", names));
            String message = "there is no property " + Reading.abridged(name) + " here" + advice;
            reading.refused(place.property(name), "unknown-property", message, null, names);
        }
    }

    private @Nullable Object construct(@Nullable Object[] values, Place place, Reading reading) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case InvalidSpec invalid -> reading.refused(place, invalid);
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Found at the first use: a record may hold records of its own type.
    private List<Component> components() {
        List<Component> found = components;
        if (found == null) {
            found = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                found.add(Component.of(component, bindings));
            }
            components = found;
        }
        return found;
    }

    private static <R extends Record> Constructor<R> constructor(Class<R> type) {
        try {
            Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<R> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }
}
