/// Lessons: the lectures' examples as runs of this service, with what to look at, and questions that it answers itself.
@NullMarked
package dev.descent.lesson;

import org.jspecify.annotations.NullMarked;
