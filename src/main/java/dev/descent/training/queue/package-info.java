/// The jobs' rows: their states and who may change them, their place in the queue, their events, and those at work
/// here.
@NullMarked
package dev.descent.training.queue;

import org.jspecify.annotations.NullMarked;
