package dev.descent.training.run;

import org.jspecify.annotations.Nullable;

/// Which program this is.
final class Engine {

    /// The version in the jar's manifest; `development` outside a jar.
    static final String VERSION = version(Engine.class.getPackage().getImplementationVersion());

    private Engine() {}

    private static String version(@Nullable String packaged) {
        return packaged == null ? "development" : packaged;
    }
}
