/// How good predictions are: counts, curves and areas over many rows.
@NullMarked
package dev.descent.core.metric;

import org.jspecify.annotations.NullMarked;
