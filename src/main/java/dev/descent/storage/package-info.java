/// What outlives the process: the data directory, the database in it, and the content-addressed files beside it.
@NullMarked
package dev.descent.storage;

import org.jspecify.annotations.NullMarked;
