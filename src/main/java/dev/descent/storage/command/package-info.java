/// The commands that look after a data directory from outside: check it, copy it while the service works, bring a copy
/// back.
@NullMarked
package dev.descent.storage.command;

import org.jspecify.annotations.NullMarked;
