package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A network as a client describes it.
record CreateNetwork(@Nullable String name, int inputs, List<LayerSpec> layers) {

    static final int LONGEST_NAME = 200;

    CreateNetwork {
        if (name != null) {
            requireUsable(name);
        }
        layers = new NetworkSpec(inputs, layers).layers();
    }

    NetworkSpec spec() {
        return new NetworkSpec(inputs, layers);
    }

    private static void requireUsable(String name) {
        if (name.isBlank()) {
            throw new InvalidSpec(
                    "/name", "blank", "a name needs at least one visible character; leave it out for none");
        }
        if (name.length() > LONGEST_NAME) {
            throw new InvalidSpec(
                    "/name", "too-long", "the name has " + name.length() + " characters; it may have " + LONGEST_NAME);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSpec("/name", "control-character", "a name must not hold control characters");
        }
    }
}
