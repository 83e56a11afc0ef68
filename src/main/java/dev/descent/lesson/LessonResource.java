package dev.descent.lesson;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A whole lesson.
record LessonResource(
        String id,
        String title,

        @Schema(description = "What it is about, sentence by sentence")
        List<String> idea,

        @Schema(description = "What has to be uploaded first; null where the service has the data") @Nullable
        NeededUpload upload,

        List<LessonVariant> variants,

        @Schema(
                description =
                        "What to look at when it runs, or has run; the addresses have {job}, {model}, {dataset} and {network} in them, which a run fills in")
        List<Lesson.Look> look,

        @Schema(description = "The answers are computed from a run of one's own")
        List<LessonQuestion> questions) {

    private static final String JSON = "application/json";

    /// @param columns that the lesson needs
    record NeededUpload(String name, List<String> columns, String how) {}

    /// A way to run the lesson, and what it asks the service for: to be sent as it stands, in this order.
    record LessonVariant(String id, String title, List<CopiedRequest> requests) {}

    /// A request to copy.
    record CopiedRequest(
            String method,
            String path,
            String contentType,

            @Schema(description = "JSON, or CSV as text") JsonNode body) {}

    record LessonQuestion(String id, String question, String hint) {}

    static LessonResource of(Lesson lesson) {
        Lesson.Needed needed = lesson.dataset().upload();
        return new LessonResource(
                lesson.id(),
                lesson.title(),
                lesson.idea(),
                needed == null ? null : new NeededUpload(needed.name(), needed.columns(), needed.how()),
                lesson.variants().stream()
                        .map(variant -> new LessonVariant(variant.id(), variant.title(), requests(lesson, variant)))
                        .toList(),
                lesson.look(),
                lesson.questions().stream()
                        .map(question -> new LessonQuestion(question.id(), question.question(), question.hint()))
                        .toList());
    }

    private static List<CopiedRequest> requests(Lesson lesson, Lesson.Variant variant) {
        List<CopiedRequest> requests = new ArrayList<>();
        Lesson.Data data = lesson.dataset();
        if (data.generate() != null) {
            requests.add(new CopiedRequest("POST", "/api/v1/datasets/generate", JSON, data.generate()));
        }
        if (data.csv() != null) {
            requests.add(new CopiedRequest(
                    "POST",
                    "/api/v1/datasets?name=" + data.csv().name(),
                    "text/csv",
                    JsonNodeFactory.instance.stringNode(data.csv().text())));
        }
        ObjectNode job = lesson.job(variant);
        job.put("datasetId", lesson.dataset().name());
        job.set("network", lesson.layers(variant));
        requests.add(new CopiedRequest("POST", "/api/v1/training-jobs", JSON, job));
        return requests;
    }
}
