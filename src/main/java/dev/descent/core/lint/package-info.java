/// What a run's activations, gradients and losses tell of its troubles: rules that look on and change no bit of it.
@NullMarked
package dev.descent.core.lint;

import org.jspecify.annotations.NullMarked;
