/// Optimizers: how gradients become updates.
@NullMarked
package dev.descent.core.optim;

import org.jspecify.annotations.NullMarked;
