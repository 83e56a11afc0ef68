/// Training jobs: submitted, queued, run, watched, cancelled; what they record and the model they make.
@NullMarked
package dev.descent.training;

import org.jspecify.annotations.NullMarked;
