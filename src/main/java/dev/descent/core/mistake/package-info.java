/// Wrong gradients explained: which mistake makes the numbers that somebody got.
@NullMarked
package dev.descent.core.mistake;

import org.jspecify.annotations.NullMarked;
