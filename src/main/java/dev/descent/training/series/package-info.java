/// What a job recorded, as curves over its steps.
@NullMarked
package dev.descent.training.series;

import org.jspecify.annotations.NullMarked;
