/// The whole service, used from outside: over HTTP, as a process of its own, killed and started again.
@NullMarked
package dev.descent.system;

import org.jspecify.annotations.NullMarked;
