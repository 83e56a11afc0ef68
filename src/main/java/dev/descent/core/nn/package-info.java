/// The mathematics of a network: layers, activations, initializers, losses, forward, backward, gradient check.
@NullMarked
package dev.descent.core.nn;

import org.jspecify.annotations.NullMarked;
