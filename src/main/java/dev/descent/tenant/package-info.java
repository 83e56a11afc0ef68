/// Who asks: tenants, the keys by which they are known, and their shares.
@NullMarked
package dev.descent.tenant;

import org.jspecify.annotations.NullMarked;
