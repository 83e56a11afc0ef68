/// The reference numbers, computed again inside the running service by the code that trains, and compared digit by
/// digit.
@NullMarked
package dev.descent.conformance;

import org.jspecify.annotations.NullMarked;
