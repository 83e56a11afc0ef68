package dev.descent.training.events;

import dev.descent.fault.Malformed;
import dev.descent.fault.Violation;
import dev.descent.storage.PageRequest;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.Jobs;
import dev.descent.training.series.Accepted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// What happens to a job, as a stream or page by page.
@RestController
@RequestMapping(Job.PATH + "/{id}/events")
@Tag(name = Job.TAG)
class EventController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Jobs jobs;
    private final JobEvents events;
    private final EventStreams streams;
    private final JsonMapper json;

    EventController(Jobs jobs, JobEvents events, EventStreams streams, JsonMapper json) {
        this.jobs = jobs;
        this.events = events;
        this.streams = streams;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @Operation(summary = "Follow a job: its states, epochs and progress as they happen", description = """
                    A stream of server-sent events: `state`, `epoch` (the latest, at most one a second), `checkpoint`, `diagnostic` and `end` carry \
                    an id and can be had again with Last-Event-ID; `progress` is only ever the latest. The stream ends \
                    after `end`. With `Accept: application/json` the same events come page by page, for clients that \
                    poll: send `nextCursor` as `after`.""")
    @ApiResponse(
            responseCode = "200",
            description = "The events",
            content = {
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = EventPage.class))
            })
    @ApiResponse(responseCode = "204", description = "The end has been seen: nothing will follow", content = @Content)
    @ApiResponse(responseCode = "400", description = "Last-Event-ID, lastEventId or after is no event's number")
    @ApiResponse(responseCode = "404", description = "There is no such job")
    @ApiResponse(responseCode = "503", description = "Too many streams are open")
    @Nullable
    Object follow(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false) @Nullable String accept,
            @Parameter(description = "The id of the last event that was seen")
                    @RequestHeader(name = LAST_EVENT_ID, required = false)
                    @Nullable
                    String lastEventHeader,
            @Parameter(description = "The same, for clients that cannot send headers")
                    @RequestParam(required = false)
                    @Nullable
                    String lastEventId,
            @Parameter(description = "For pages: the `nextCursor` of the page before")
                    @RequestParam(required = false)
                    @Nullable
                    String after,
            @Parameter(description = "For pages: how many events at most, 1 to 500; 50 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Job job = jobs.get(tenant, id);
        if (Accepted.prefers(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM, accept)) {
            return page(
                    job,
                    number("?after", after),
                    PageRequest.of(limit, null, Job.PREFIX).limit());
        }
        long header = number(LAST_EVENT_ID, lastEventHeader);
        long last = header > 0 ? header : number("?lastEventId", lastEventId);
        List<JobEvent> seen = last == 0 ? List.of() : events.after(id, last - 1, 1);
        if (!seen.isEmpty() && seen.getFirst().event().equals(JobEvent.END)) {
            return ResponseEntity.noContent().build();
        }
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
        }
        streams.open(id, seen.isEmpty() ? 0 : last, request, response);
        return null;
    }

    private EventPage page(Job job, long after, int limit) {
        List<JobEvent> page = events.after(job.id(), after, limit);
        boolean over =
                page.isEmpty() ? job.state().terminal() : page.getLast().event().equals(JobEvent.END);
        long last = page.isEmpty() ? after : page.getLast().sequence();
        return new EventPage(
                page.stream()
                        .map(event -> new EventPage.Entry(
                                event.sequence(), event.event(), json.readTree(event.data()), event.createdAt()))
                        .toList(),
                over ? null : Long.toString(last));
    }

    private static long number(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String message = "an event's number is digits only, such as 3";
            throw new Malformed(
                    "malformed-request",
                    "Malformed request",
                    message,
                    List.of(new Violation(parameter, "bad-event-id", message)));
        }
        return Long.parseLong(text);
    }
}
