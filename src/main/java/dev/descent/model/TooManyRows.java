package dev.descent.model;

import dev.descent.fault.TooLarge;

/// More rows than one request may send.
final class TooManyRows extends TooLarge {

    TooManyRows(int rows, int limit) {
        super("too-many-rows", "Too many rows", rows + " rows were sent; a request may hold " + limit);
    }
}
