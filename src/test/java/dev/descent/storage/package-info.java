/// Tests of storage, and [dev.descent.storage.TestStorage] for tests of what stores.
@NullMarked
package dev.descent.storage;

import org.jspecify.annotations.NullMarked;
