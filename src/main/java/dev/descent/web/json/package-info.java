/// JSON as the service reads and writes it: strictly, with every complaint at its exact place.
@NullMarked
package dev.descent.web.json;

import org.jspecify.annotations.NullMarked;
