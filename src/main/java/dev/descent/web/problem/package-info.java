/// Every failure as a problem document (RFC 9457), whoever failed: a feature, Spring, or the server below it.
@NullMarked
package dev.descent.web.problem;

import org.jspecify.annotations.NullMarked;
