/// The OpenAPI description, made to say what the strict JSON of the service takes and gives.
@NullMarked
package dev.descent.web.openapi;

import org.jspecify.annotations.NullMarked;
