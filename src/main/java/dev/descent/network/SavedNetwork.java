package dev.descent.network;

import dev.descent.core.nn.NetworkSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A network's description under an id. It never changes.
public record SavedNetwork(String id, @Nullable String name, NetworkSpec spec, Instant createdAt) {}
