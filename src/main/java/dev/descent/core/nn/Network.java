package dev.descent.core.nn;

/// A network at work. (Being written.)
public final class Network {
    private Network() {}
}
