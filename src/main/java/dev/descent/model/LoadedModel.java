package dev.descent.model;

import dev.descent.core.nn.Network;

/// A model at work: what it says of itself, and the network that holds its weights. For one thread.
record LoadedModel(ModelDescription description, Network network) implements AutoCloseable {

    @Override
    public void close() {
        network.close();
    }
}
