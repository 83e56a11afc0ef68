package dev.descent.web.json;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// The JSON value that the text of a `@Default` stands for.
public final class Fallback {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NO_BARE_TEXT = Pattern.compile("[\\[{\"0-9-].*|true|false|null");

    private Fallback() {}

    /// Text that is not JSON by itself, such as `glorotUniform`, stands for a string; so does all text where `type` is
    /// one.
    public static JsonNode of(String text, Class<?> type) {
        boolean bare = type == String.class || !NO_BARE_TEXT.matcher(text).matches();
        return bare ? JsonNodeFactory.instance.stringNode(text) : JSON.readTree(text);
    }
}
