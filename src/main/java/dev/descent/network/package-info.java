/// Networks: described, kept, analysed, and opened on a batch of rows to see every number of a pass.
@NullMarked
package dev.descent.network;

import org.jspecify.annotations.NullMarked;
