package dev.descent.lesson;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// A lesson in a list.
record LessonSummary(
        @Schema(example = "parabola") String id,
        String title,
        List<String> variants,

        @Schema(description = "Whether its data has to be uploaded first, as it is not ours to ship")
        boolean needsUpload) {

    static LessonSummary from(Lesson lesson) {
        return new LessonSummary(
                lesson.id(),
                lesson.title(),
                lesson.variants().stream().map(Lesson.Variant::id).toList(),
                lesson.dataset().upload() != null);
    }
}
