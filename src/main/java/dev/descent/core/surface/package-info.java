/// The surface that runs walk on: a plane through the space of weights, and the ways of runs seen on it.
@NullMarked
package dev.descent.core.surface;

import org.jspecify.annotations.NullMarked;
