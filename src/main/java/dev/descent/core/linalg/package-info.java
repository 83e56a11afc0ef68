/// Matrices in two precisions, and the kernels that compute on them in a fixed order.
@NullMarked
package dev.descent.core.linalg;

import org.jspecify.annotations.NullMarked;
