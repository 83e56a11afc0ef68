package dev.descent.web.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A variant of a [Family], from its bare name or from an object whose `type` is its name.
final class Variant implements Binding {

    private final Family family;
    private final Map<Class<?>, Components> components = new LinkedHashMap<>();

    Variant(Family family, Bindings bindings) {
        this.family = family;
        family.variants().values().forEach(type -> components.put(type, Components.ofVariant(type, bindings)));
    }

    @Override
    public String expected() {
        return "one of " + String.join(", ", allowed()) + ", as a name or as an object with a type";
    }

    @Override
    public List<String> allowed() {
        return family.names();
    }

    @Override
    public @Nullable Object read(JsonNode node, Place place, Reading reading) {
        if (node.isString()) {
            return read(node, place, JsonNodeFactory.instance.objectNode(), place, reading);
        }
        if (!node.isObject()) {
            reading.wrongType(place, expected(), node);
            return null;
        }
        Place discriminator = place.property(Family.DISCRIMINATOR);
        JsonNode name = node.get(Family.DISCRIMINATOR);
        if (name == null || name.isNull()) {
            String message = place.subject() + " needs a type, one of " + String.join(", ", allowed());
            reading.refused(discriminator, "required", message, null, allowed());
            return null;
        }
        if (!name.isString()) {
            reading.wrongType(discriminator, "text", name);
            return null;
        }
        return read(name, discriminator, node, place, reading);
    }

    private @Nullable Object read(JsonNode name, Place named, JsonNode node, Place place, Reading reading) {
        Class<? extends Record> type = family.variant(name.stringValue());
        Components found = type == null ? null : components.get(type);
        if (found != null) {
            return found.read(node, place, reading);
        }
        Optional<String> meant = Nearest.to(name.stringValue(), allowed());
        String message = Reading.describe(name) + " is none of " + String.join(", ", allowed())
                + meant.map(guess -> "; did you mean " + guess + "?").orElse("");
        reading.refused(named, "unknown-variant", message, name, allowed());
        return null;
    }
}
