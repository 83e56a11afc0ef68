/// Tables: columns, readers, scaling, splits, generators.
@NullMarked
package dev.descent.core.data;

import org.jspecify.annotations.NullMarked;
