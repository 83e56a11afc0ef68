package dev.descent.web.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/// Writes a variant of a [Family]: its bare name, or an object with `type` and all components.
final class VariantWriter extends ValueSerializer<Object> {

    private final String name;
    private final Map<String, Method> components = new LinkedHashMap<>();

    VariantWriter(Class<?> variant) {
        name = Family.nameOf(variant);
        for (RecordComponent component : variant.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            components.put(component.getName(), accessor);
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        if (components.isEmpty()) {
            generator.writeString(name);
            return;
        }
        generator.writeStartObject(value);
        generator.writeStringProperty(Family.DISCRIMINATOR, name);
        components.forEach(
                (component, accessor) -> context.defaultSerializeProperty(component, read(accessor, value), generator));
        generator.writeEndObject();
    }

    private static Object read(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
