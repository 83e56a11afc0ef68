/// Training: the loop, its batches, what it reports.
@NullMarked
package dev.descent.core.train;

import org.jspecify.annotations.NullMarked;
