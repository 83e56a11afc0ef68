/// What a run leaves in files while it goes on: losses, gradients and weights as numbers of fixed width.
@NullMarked
package dev.descent.training.recording;

import org.jspecify.annotations.NullMarked;
