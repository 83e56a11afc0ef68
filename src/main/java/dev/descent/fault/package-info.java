/// What a request can meet instead of its answer, said without HTTP: a few bases that the features' facts extend.
@NullMarked
package dev.descent.fault;

import org.jspecify.annotations.NullMarked;
