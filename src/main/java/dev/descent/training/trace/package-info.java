/// Any step of any job, opened: taken again by the code that trains, and told with all its numbers.
@NullMarked
package dev.descent.training.trace;

import org.jspecify.annotations.NullMarked;
