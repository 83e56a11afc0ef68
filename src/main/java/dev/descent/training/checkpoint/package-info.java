/// Where running jobs were, kept beside them so that they can go on from there.
@NullMarked
package dev.descent.training.checkpoint;

import org.jspecify.annotations.NullMarked;
