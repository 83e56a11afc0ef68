/// Paired experiments: several jobs from the same weights and the same order of batches, their curves, and the surface
/// that they walk on.
@NullMarked
package dev.descent.experiment;

import org.jspecify.annotations.NullMarked;
