/// Lets in who has a key, where keys are asked for, and tells controllers who that is.
@NullMarked
package dev.descent.web.access;

import org.jspecify.annotations.NullMarked;
