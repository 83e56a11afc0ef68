package dev.descent.lesson;

import dev.descent.training.queue.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job seen as a run of a lesson.
record LessonRun(
        @Schema(example = "parabola") String lesson,

        @Schema(description = "The variant whose settings and data the job has; null where it has its own") @Nullable
        String variant,

        @Schema(example = "job_01jd3m5k7q9s1v3x5z7b9d1f3h") String jobId,

        JobState state,
        String datasetId,

        @Schema(description = "Null where the tenant keeps no such network") @Nullable
        String networkId,

        @Schema(description = "The model it made; null until it has succeeded") @Nullable
        String modelId,

        @Schema(description = "What to look at now; more when the job has made its model")
        List<Lesson.Look> look,

        @Schema(description = "The lecture's numbers beside this run's; empty where there are none, or not yet")
        List<LectureNumber> lectureNumbers,

        @Schema(description = "Why there are no numbers or answers; null where there are") @Nullable
        String note,

        List<RunQuestion> questions) {

    /// A number of the lecture, and of this run.
    record LectureNumber(
            String what,

            @Schema(
                    description = "The file of reference numbers, and where in it",
                    example = "parabola.json#/runs/0/errorBeforeStep/0")
            String from,

            double lecture,
            @Nullable Double thisRun,

            @Schema(description = "-log10 of the relative error; 17 where they are equal to the last bit")
            double digits,

            @Schema(description = "Where this run's can be seen") @Nullable
            String source) {}

    /// A question, and its answer where that was asked for.
    record RunQuestion(
            String id,
            String question,
            String hint,

            @Schema(description = "Null unless `reveal` asks for it") @Nullable
            Double answer,

            @Schema(description = "Where the answer can be seen; null unless `reveal` asks for it") @Nullable
            String source) {}
}
