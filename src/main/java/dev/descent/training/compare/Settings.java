package dev.descent.training.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// What is set otherwise in one spec than in another, setting by setting.
///
/// A variant is one setting where the other is of another type, and so is a list, unless it holds as many objects as
/// the other.
public final class Settings {

    private static final String TYPE = "type";
    private static final int MOST_NUMBERS = 100;

    private Settings() {}

    /// A setting that is not the same in all specs.
    ///
    /// @param pointer where it stands in a spec
    /// @param values one of each spec, in order; null where a spec has none
    public record Differing(String pointer, List<JsonNode> values) {}

    public static List<Differing> differing(List<JsonNode> specs) {
        List<Differing> found = new ArrayList<>();
        collect("", specs, found);
        return found;
    }

    private static void collect(String pointer, List<JsonNode> nodes, List<Differing> found) {
        JsonNode first = nodes.getFirst();
        if (nodes.stream().allMatch(first::equals)) {
            return;
        }
        if (nodes.stream().allMatch(node -> node.isObject() && node.path(TYPE).equals(first.path(TYPE)))) {
            Set<String> names = new LinkedHashSet<>();
            nodes.forEach(node -> names.addAll(node.propertyNames()));
            for (String name : names) {
                collect(
                        pointer + "/" + escaped(name),
                        nodes.stream().map(node -> get(node, name)).toList(),
                        found);
            }
        } else if (nodes.stream().allMatch(node -> isListOfObjects(node) && node.size() == first.size())) {
            for (int i = 0; i < first.size(); i++) {
                int place = i;
                collect(
                        pointer + "/" + i,
                        nodes.stream().map(node -> node.get(place)).toList(),
                        found);
            }
        } else {
            found.add(new Differing(pointer, nodes));
        }
    }

    private static JsonNode get(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null ? NullNode.getInstance() : value;
    }

    private static boolean isListOfObjects(JsonNode node) {
        return node.isArray() && node.valueStream().allMatch(JsonNode::isObject);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /// The value, or how many numbers it has where they are many.
    public static JsonNode shown(JsonNode value) {
        long numbers = numbers(value);
        return numbers > MOST_NUMBERS ? JsonNodeFactory.instance.objectNode().put("numbers", numbers) : value;
    }

    private static long numbers(JsonNode value) {
        return value.isContainer()
                ? value.valueStream().mapToLong(Settings::numbers).sum()
                : value.isNumber() ? 1 : 0;
    }

    /// A copy of `spec` with the settings at `pointers` taken from `other`.
    static JsonNode taking(JsonNode spec, JsonNode other, List<String> pointers) {
        JsonNode copy = spec.deepCopy();
        for (String text : pointers) {
            JsonPointer pointer = JsonPointer.compile(text);
            JsonNode parent = copy.at(pointer.head());
            JsonNode taken = other.at(pointer);
            JsonNode value = taken.isMissingNode() ? NullNode.getInstance() : taken.deepCopy();
            switch (parent) {
                case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), value);
                case ArrayNode array -> array.set(pointer.last().getMatchingIndex(), value);
                default -> throw new IllegalArgumentException("no setting at " + text);
            }
        }
        return copy;
    }
}
