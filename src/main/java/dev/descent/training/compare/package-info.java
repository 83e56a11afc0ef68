/// Jobs side by side: what was set otherwise, the curves on one axis, where their weights part, and what did it.
@NullMarked
package dev.descent.training.compare;

import org.jspecify.annotations.NullMarked;
