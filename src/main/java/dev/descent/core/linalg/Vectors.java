package dev.descent.core.linalg;

/// Whether this JVM runs with the incubating Vector API (`--add-modules jdk.incubator.vector`); looked up once.
public final class Vectors {

    public static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Vectors() {}
}
