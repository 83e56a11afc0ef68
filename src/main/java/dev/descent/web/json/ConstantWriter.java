package dev.descent.web.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/// Writes a constant of an enum of the core.
final class ConstantWriter extends ValueSerializer<Enum<?>> {

    @Override
    public void serialize(Enum<?> constant, JsonGenerator generator, SerializationContext context) {
        generator.writeString(Constants.nameOf(constant));
    }
}
