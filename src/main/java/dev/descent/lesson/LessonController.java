package dev.descent.lesson;

import dev.descent.storage.Idempotency;
import dev.descent.storage.Page;
import dev.descent.tenant.Tenant;
import dev.descent.training.SubmitJob;
import dev.descent.training.trace.Beats;
import dev.descent.training.trace.Replays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(LessonController.PATH)
@Tag(name = "Lessons")
class LessonController {

    static final String PATH = "/api/v1/lessons";

    private final Lessons lessons;
    private final StartLesson startLesson;
    private final LessonRuns lessonRuns;
    private final SubmitJob submitJob;
    private final Replays replays;
    private final Idempotency idempotency;
    private final JsonMapper json;

    LessonController(
            Lessons lessons,
            StartLesson startLesson,
            LessonRuns lessonRuns,
            SubmitJob submitJob,
            Replays replays,
            Idempotency idempotency,
            JsonMapper json) {
        this.lessons = lessons;
        this.startLesson = startLesson;
        this.lessonRuns = lessonRuns;
        this.submitJob = submitJob;
        this.replays = replays;
        this.idempotency = idempotency;
        this.json = json;
    }

    @GetMapping
    @Operation(summary = "List the lessons, in the order of a course")
    @ApiResponse(responseCode = "200", description = "Every lesson and its variants")
    Page<LessonSummary> list() {
        return new Page<>(lessons.all().stream().map(LessonSummary::from).toList(), null);
    }

    @GetMapping("/{lesson}")
    @Operation(
            summary = "Read a lesson: the idea, the requests to copy, what to look at, the questions",
            description = "`runs` makes these requests by itself.")
    @ApiResponse(responseCode = "200", description = "The whole lesson")
    @ApiResponse(responseCode = "404", description = "There is no such lesson")
    LessonResource find(@Parameter(example = "parabola") @PathVariable String lesson) {
        return LessonResource.of(lessons.find(lesson));
    }

    @PostMapping("/{lesson}/runs")
    @Operation(
            summary = "Run a lesson",
            description = """
                    Makes the lesson's dataset and network, or takes those that an earlier run made, and submits the job. \
                    The run is the job: it is watched, paused, compared and opened like every other. At `Location` it \
                    stands beside the lecture's numbers and the questions.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples =
                                                    @ExampleObject(
                                                            name = "The parabola, one row a step",
                                                            value = "{\"variant\": \"sgd\"}"))))
    @ApiResponse(
            responseCode = "202",
            description = "The job is stored and will run",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Where the run is"))
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such lesson")
    @ApiResponse(
            responseCode = "422",
            description = "There is no such variant, or the lesson needs other data: each error says where and why")
    @ApiResponse(responseCode = "429", description = "The tenant has as many jobs waiting as its share of the queue")
    @ApiResponse(responseCode = "503", description = "The queue is full, or the service is shutting down")
    ResponseEntity<?> run(
            Tenant tenant,
            @Parameter(example = "parabola") @PathVariable String lesson,
            @RequestBody RunLesson request,
            @Parameter(description = "A name for this request: sent again with the same name, it makes no second job")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key) {
        Lesson found = lessons.find(lesson);
        return idempotency.once(
                tenant,
                key,
                "POST " + PATH + "/" + lesson + "/runs",
                request,
                () -> startLesson.plan(tenant, found, request),
                planned -> accepted(tenant, found, submitJob.submit(tenant, planned)));
    }

    private ResponseEntity<LessonRun> accepted(Tenant tenant, Lesson lesson, String jobId) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .location(URI.create(PATH + "/" + lesson.id() + "/runs/" + jobId))
                .body(lessonRuns.begun(lessonRuns.open(tenant, lesson, jobId)));
    }

    @GetMapping(path = "/{lesson}/runs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Look at a job as a run of a lesson", description = """
                    What to look at, and when it has succeeded the lecture's numbers beside its own, if its settings and \
                    data are the lecture's. Any job can be looked at with any lesson: the questions are about the job. The \
                    numbers are read off the same run, taken again; while that goes on, the answer begins with empty \
                    lines. `reveal` tells the answers.""")
    @ApiResponse(
            responseCode = "200",
            description = "The run",
            content = @Content(schema = @Schema(implementation = LessonRun.class)))
    @ApiResponse(responseCode = "404", description = "There is no such lesson, or no such job")
    @ApiResponse(
            responseCode = "503",
            description = "As many steps are being traced as may be, or running jobs leave no memory for it")
    void show(
            Tenant tenant,
            @Parameter(example = "parabola") @PathVariable String lesson,
            @PathVariable String id,
            @Parameter(description = "Whether to tell the answers") @RequestParam(defaultValue = "false")
                    boolean reveal,
            HttpServletResponse response)
            throws IOException {
        OpenedRun run = lessonRuns.open(tenant, lessons.find(lesson), id);
        if (LessonRuns.isReplayed(run, reveal)) {
            replay(run, goesOn -> lessonRuns.show(run, reveal, goesOn), response);
        } else {
            answer(lessonRuns.begun(run), response);
        }
    }

    @PostMapping(path = "/{lesson}/runs/{id}/answers", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Answer a question about a run",
            description = """
                    The answer is compared with what the service reads off the run: it is right where three digits agree; \
                    what is counted has to be equal.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples =
                                                    @ExampleObject(
                                                            name = "How many weights has the parabola's network?",
                                                            value = "{\"question\": \"parameters\", \"answer\": 12}"))))
    @ApiResponse(
            responseCode = "200",
            description = "Right or not, and the run's own number",
            content = @Content(schema = @Schema(implementation = LessonAnswer.class)))
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such lesson, or no such job")
    @ApiResponse(responseCode = "409", description = "The job has not succeeded, or cannot be taken again")
    @ApiResponse(responseCode = "422", description = "The lesson has no such question")
    @ApiResponse(
            responseCode = "503",
            description = "As many steps are being traced as may be, or running jobs leave no memory for it")
    void answer(
            Tenant tenant,
            @Parameter(example = "parabola") @PathVariable String lesson,
            @PathVariable String id,
            @RequestBody GivenAnswer given,
            HttpServletResponse response)
            throws IOException {
        Lesson found = lessons.find(lesson);
        OpenedRun run = lessonRuns.open(tenant, found, id);
        Lesson.Question question = question(found, given.question());
        String obstacle = run.obstacle();
        if (obstacle != null) {
            throw new NoAnswersYet(obstacle);
        }
        replay(run, goesOn -> lessonRuns.check(run, question, given.answer(), goesOn), response);
    }

    private static Lesson.Question question(Lesson lesson, String id) {
        return lesson.questions().stream()
                .filter(question -> question.id().equals(id))
                .findFirst()
                .orElseThrow(() -> StartLesson.refused(
                        "/question",
                        "unknown-variant",
                        "the lesson has no question of this name",
                        id,
                        lesson.questions().stream().map(Lesson.Question::id).toList()));
    }

    private <T> void replay(OpenedRun run, Replays.Work<T> work, HttpServletResponse response) throws IOException {
        replays.run(
                run.plan().memoryBytes(),
                work,
                Beats.emptyLines(MediaType.APPLICATION_JSON_VALUE, response),
                result -> answer(result, response));
    }

    private void answer(Object result, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(response.getOutputStream(), result);
    }
}
