/// What the linter says of running jobs: told once, kept as events, listed.
@NullMarked
package dev.descent.training.diagnostics;

import org.jspecify.annotations.NullMarked;
