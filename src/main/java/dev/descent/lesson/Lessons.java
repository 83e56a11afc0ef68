package dev.descent.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Every lesson, in the order of a course; read when the service starts.
@Component
class Lessons {

    private static final List<String> COURSE = List.of(
            "parabola", "stuck", "regression", "legendre", "credit", "symmetry", "classifier", "softmax", "mnist");

    private final Map<String, Lesson> lessons = new LinkedHashMap<>();

    Lessons(JsonMapper json) {
        for (String id : COURSE) {
            Lesson lesson = json.readValue(definition(id), Lesson.class);
            if (!lesson.id().equals(id)) {
                throw new IllegalStateException("lessons/" + id + ".json defines " + lesson.id());
            }
            lessons.put(id, lesson);
        }
    }

    private static byte[] definition(String id) {
        try (InputStream file = Lessons.class.getResourceAsStream("/lessons/" + id + ".json")) {
            if (file == null) {
                throw new IllegalStateException("there is no lessons/" + id + ".json");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Lesson> all() {
        return List.copyOf(lessons.values());
    }

    Lesson find(String id) {
        Lesson lesson = lessons.get(id);
        if (lesson == null) {
            throw new LessonNotFound(id);
        }
        return lesson;
    }
}
