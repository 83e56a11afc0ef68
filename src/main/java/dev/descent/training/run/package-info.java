/// Workers, and one job on its way from the claim to its end.
@NullMarked
package dev.descent.training.run;

import org.jspecify.annotations.NullMarked;
