/// What a job is asked to do, checked against its data and turned into a spec, a plan and the examples to train on.
@NullMarked
package dev.descent.training.plan;

import org.jspecify.annotations.NullMarked;
