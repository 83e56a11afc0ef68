package dev.descent.training.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.QueueFixture;
import dev.descent.training.queue.RunningJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class EventStreamTest {

    @TempDir
    Path root;

    /// Keeps what would be sent.
    private static final class Sent implements EventSink {

        final List<String> texts = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        @Override
        public void send(String text) {
            texts.add(text);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void heartbeatComesThoughSignalsBringNothingNew() throws Exception {
        try (var queue = new QueueFixture(root)) {
            var sent = new Sent();
            var stream = new EventStream(
                    queue.submit(), 0, queue.events, new RunningJobs(), JsonMapper.shared(), Duration.ofMillis(500));
            Thread thread = Thread.ofVirtual().start(() -> stream.run(sent));
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                stream.progressed();
                return sent.texts.stream()
                                .filter(text -> text.contains(":alive"))
                                .count()
                        >= 2;
            });
            stream.close();
            thread.join();
            assertThat(sent.texts.getFirst()).contains("id:1");
            assertThat(sent.texts.getLast()).contains(":come back");
            assertThat(sent.closed).isTrue();
        }
    }

    @Test
    void jobThatRunsInAnotherProcessIsFollowedByWhatThatStores() throws Exception {
        try (var queue = new QueueFixture(root)) {
            String id = queue.submit();
            var sent = new Sent();
            var stream =
                    new EventStream(id, 0, queue.events, new RunningJobs(), JsonMapper.shared(), Duration.ofMinutes(1));
            Thread thread = Thread.ofVirtual().start(() -> stream.run(sent));
            await().until(() -> sent.texts.stream().anyMatch(text -> text.startsWith("id:1\nevent:state\ndata:")));
            queue.runElsewhere("{\"step\":7}");
            JobEvents.Latest latest = queue.events.latest(List.of(id)).getFirst();
            assertThat(latest.sequence()).isEqualTo(2);
            stream.latest(latest);
            await().until(() -> sent.texts.contains("event:progress\ndata:{\"step\":7}\n\n"));
            assertThat(sent.texts).anySatisfy(text -> assertThat(text).contains("RUNNING"));
            int before = sent.texts.size();
            stream.latest(latest);
            stream.close();
            thread.join();
            assertThat(sent.texts).hasSize(before + 1);
        }
    }
}
