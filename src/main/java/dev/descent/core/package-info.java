/// The numeric core: networks, their training and their data, without a framework and without I/O of its own.
@NullMarked
package dev.descent.core;

import org.jspecify.annotations.NullMarked;
