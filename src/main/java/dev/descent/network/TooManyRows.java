package dev.descent.network;

import dev.descent.fault.TooLarge;

/// A batch with more rows than one request may send.
final class TooManyRows extends TooLarge {

    TooManyRows(int rows, int limit) {
        super("too-many-rows", "Too many rows", rows + " rows were sent; a request may hold " + limit);
    }
}
