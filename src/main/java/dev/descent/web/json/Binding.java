package dev.descent.web.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a Java value of one type from a JSON value.
interface Binding {

    /// The value; null after a complaint. `node` is never JSON null: whether that is allowed is the holder's matter.
    @Nullable
    Object read(JsonNode node, Place place, Reading reading);

    /// What is wanted, to stand after "must be".
    String expected();

    /// What may be said, where that can be listed.
    default List<String> allowed() {
        return List.of();
    }
}
