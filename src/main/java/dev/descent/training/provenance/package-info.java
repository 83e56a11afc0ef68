/// Where a job's bits come from, and whether they come again.
@NullMarked
package dev.descent.training.provenance;

import org.jspecify.annotations.NullMarked;
