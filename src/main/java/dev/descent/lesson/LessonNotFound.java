package dev.descent.lesson;

import dev.descent.fault.NotFound;

/// There is no lesson of this name.
final class LessonNotFound extends NotFound {

    LessonNotFound(String id) {
        super("lesson-not-found", "Lesson not found", "there is no lesson " + id);
    }
}
