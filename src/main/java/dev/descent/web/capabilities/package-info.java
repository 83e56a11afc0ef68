/// What the service can train, said by the specs of the core themselves.
@NullMarked
package dev.descent.web.capabilities;

import org.jspecify.annotations.NullMarked;
