/// Random numbers that mean what they mean in NumPy.
@NullMarked
package dev.descent.core.random;

import org.jspecify.annotations.NullMarked;
