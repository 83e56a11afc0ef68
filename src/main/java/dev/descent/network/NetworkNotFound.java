package dev.descent.network;

import dev.descent.fault.NotFound;

/// No network has this id.
public final class NetworkNotFound extends NotFound {

    NetworkNotFound(String id) {
        super("not-found", "Not found", "there is no network " + id);
    }
}
