/// What happens to a job, told while it happens: server-sent events and their polling twin.
@NullMarked
package dev.descent.training.events;

import org.jspecify.annotations.NullMarked;
