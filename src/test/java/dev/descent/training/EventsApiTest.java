package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@BootedService
class EventsApiTest {

    private final JobClient jobs;
    private final JobEvents events;
    private final TransactionTemplate transaction;

    EventsApiTest(
            @LocalServerPort int port,
            @Autowired JobEvents events,
            @Autowired PlatformTransactionManager transactions) {
        jobs = new JobClient(port);
        this.events = events;
        transaction = new TransactionTemplate(transactions);
    }

    @Test
    void streamOfAJobTellsEverythingAndEnds() throws Exception {
        String id = jobs.submit(
                request(jobs.parabola(100), "{\"steps\": 2000000000, \"record\": {\"loss\": {\"every\": 1000000}}}"));
        Streamed stream = stream(id);
        jobs.awaitState(id, "RUNNING");
        org.awaitility.Awaitility.await()
                .until(
                        () -> jobs.get(id).get("progress"),
                        progress -> progress.get("step").longValue() > 0);
        org.awaitility.Awaitility.await().until(() -> poll(id, "").toString().contains("\"epoch\""));
        jobs.cancel(id);
        List<String> lines = stream.lines();
        List<String> names = lines.stream()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring(6))
                .toList();
        assertThat(names.getFirst()).isEqualTo("state");
        assertThat(names).contains("progress", "epoch");
        assertThat(names.getLast()).isEqualTo("end");
        assertThat(String.join("\n", lines)).contains("\"QUEUED\"", "\"RUNNING\"", "\"CANCELLING\"", "\"CANCELLED\"");
        List<Integer> ids = lines.stream()
                .filter(line -> line.startsWith("id:"))
                .map(line -> Integer.valueOf(line.substring(3)))
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().startsWith(1, 2);
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).equals("event:progress")) {
                assertThat(lines.get(i - 1)).doesNotStartWith("id:");
            }
        }
    }

    @Test
    void whatIsTakenBackIsNotTold() throws Exception {
        String id = jobs.submit(
                request(jobs.parabola(100), "{\"steps\": 2000000000, \"record\": {\"loss\": {\"every\": 1000000}}}"));
        Streamed stream = stream(id);
        jobs.awaitState(id, "RUNNING");
        transaction.executeWithoutResult(status -> {
            events.add(id, JobEvent.EPOCH, Map.of("message", "taken back"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> events.add(id, JobEvent.EPOCH, Map.of("message", "stays")));
        jobs.cancel(id);
        assertThat(String.join("\n", stream.lines())).contains("stays").doesNotContain("taken back");
    }

    @Test
    void streamOfAFinishedJobReplaysAndClosesAtOnce() throws Exception {
        String id = jobs.run(request(jobs.parabola(10))).get("id").stringValue();
        List<String> all = stream(id).lines();
        assertThat(stream(id).events())
                .containsExactly("state", "state", "diagnostic", "epoch", "checkpoint", "state", "end");
        assertThat(all.getLast().isEmpty() ? all.get(all.size() - 2) : all.getLast())
                .contains("\"state\":\"SUCCEEDED\"")
                .contains("\"modelId\":\"mdl_");

        Streamed rest = stream(id, "Last-Event-ID", "5");
        assertThat(rest.events()).containsExactly("state", "end");
        assertThat(rest.lines()).contains("id:6", "id:7");
        assertThat(Streamed.open(jobs.port(), JOBS + "/" + id + "/events?lastEventId=6")
                        .events())
                .containsExactly("end");
        // an id of another, longer job: everything, rather than nothing
        assertThat(stream(id, "Last-Event-ID", "77").events()).hasSize(7);
        Answer over = jobs.http.get(JOBS + "/" + id + "/events", "Last-Event-ID", "7");
        assertThat(over.status()).isEqualTo(204);
    }

    @Test
    void sameEventsCanBePolled() {
        String id = jobs.run(request(jobs.parabola(10))).get("id").stringValue();
        JsonNode first = poll(id, "?limit=2");
        assertThat(first.get("data")).hasSize(2);
        assertThat(first.get("data").get(0).get("sequence").intValue()).isEqualTo(1);
        assertThat(first.get("data").get(0).get("event").stringValue()).isEqualTo("state");
        assertThat(first.get("data").get(0).get("data").get("state").stringValue())
                .isEqualTo("QUEUED");
        JsonNode rest = poll(id, "?after=" + first.get("nextCursor").stringValue());
        assertThat(rest.get("data")).hasSize(5);
        assertThat(rest.get("data").get(0).get("event").stringValue()).isEqualTo("diagnostic");
        assertThat(rest.get("data").get(1).get("data").get("epoch").intValue()).isEqualTo(20);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1e30", "-1", "99999999999999999999999", "1 2"})
    void lastEventThatIsNoNumberIsRefused(String last) {
        String id = jobs.run(request(jobs.parabola(10))).get("id").stringValue();
        Answer answer = jobs.http.get(JOBS + "/" + id + "/events", "Last-Event-ID", last);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errors()).isEqualTo("bad-event-id Last-Event-ID");
    }

    private JsonNode poll(String id, String query) {
        Answer answer = jobs.http.get(JOBS + "/" + id + "/events" + query, "Accept", "application/json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Streamed stream(String id, String... headers) {
        return Streamed.open(jobs.port(), JOBS + "/" + id + "/events", headers);
    }
}
