package dev.descent.training.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// A client that reads, or not.
    private static final class Client implements EventSink {

        final List<String> texts = new ArrayList<>();
        boolean reads = true;
        boolean gone;
        boolean closed;

        @Override
        public void send(String text) throws IOException {
            if (gone) {
                throw new IOException("gone");
            }
            texts.add(text);
        }

        @Override
        public boolean flush() {
            return reads;
        }

        @Override
        public void close() {
            closed = true;
        }

        /// The ids and fields of what came, one by one.
        List<String> heard() {
            List<String> heard = texts.stream()
                    .map(text -> text.startsWith("id:") ? text.substring(3, text.indexOf('\n')) : text.strip())
                    .toList();
            texts.clear();
            return heard;
        }
    }

    private final Client client = new Client();
    private final List<Long> asked = new ArrayList<>();
    private long now = 1;
    private final EventStream stream = stream(0);

    private EventStream stream(long sequence) {
        return new EventStream("job_1", sequence, (into, after) -> asked.add(after), HEARTBEAT, () -> now);
    }

    private static JobEvent event(long sequence, String kind) {
        return new JobEvent(sequence, kind, "{\"n\":" + sequence + "}", Instant.EPOCH);
    }

    private static JobEvent event(long sequence) {
        return event(sequence, JobEvent.EPOCH);
    }

    private static List<JobEvent> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(EventStreamTest::event)
                .toList();
    }

    private static List<String> ids(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    @Test
    void whatTheStreamIsToldIsSentAsItIsAndNothingIsRead() {
        stream.read(List.of());
        stream.begin(client);
        stream.added(event(1));
        assertThat(stream.advance()).isTrue();
        assertThat(client.texts).containsExactly("id:1\nevent:epoch\ndata:{\"n\":1}\n\n");
        stream.added(event(2, JobEvent.END));
        assertThat(stream.advance()).isFalse();
        assertThat(client.heard()).containsExactly("1", "2");
        assertThat(client.closed).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void eventsToldTwiceOrOutOfOrderAreSentOnceInOrder() {
        stream.added(event(3));
        stream.read(events(1, 2));
        stream.added(event(2));
        stream.begin(client);
        assertThat(stream.advance()).isTrue();
        assertThat(client.heard()).containsExactly("1", "2", "3");
        stream.added(event(3));
        stream.advance();
        assertThat(client.heard()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheStreamWasNotToldIsReadOnceAndBeforeWhatFollows() {
        stream.begin(client);
        stream.added(event(1));
        stream.added(event(4));
        stream.advance();
        stream.advance();
        assertThat(client.heard()).containsExactly("1");
        assertThat(asked).containsExactly(1L);
        stream.read(events(2, 4));
        stream.advance();
        assertThat(client.heard()).containsExactly("2", "3", "4");
        assertThat(asked).hasSize(1);
    }

    @Test
    void longHistoryIsReadBatchByBatch() {
        stream.read(events(1, EventStream.BATCH));
        stream.begin(client);
        stream.advance();
        assertThat(client.heard()).isEqualTo(ids(1, EventStream.BATCH));
        assertThat(asked).containsExactly((long) EventStream.BATCH);
        stream.read(events(EventStream.BATCH + 1, EventStream.BATCH + 7));
        stream.advance();
        assertThat(client.heard()).isEqualTo(ids(EventStream.BATCH + 1, EventStream.BATCH + 7));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatAClientReadsSlowlyIsNotKeptWithoutEndButReadAgain() {
        stream.begin(client);
        client.reads = false;
        events(1, EventStream.BATCH + 50).forEach(stream::added);
        assertThat(stream.advance()).isTrue();
        assertThat(client.heard()).isEmpty();
        client.reads = true;
        stream.advance();
        assertThat(client.heard()).isEqualTo(ids(1, EventStream.BATCH));
        assertThat(asked).containsExactly((long) EventStream.BATCH);
        stream.read(events(EventStream.BATCH + 1, EventStream.BATCH + 50));
        stream.advance();
        assertThat(client.heard()).isEqualTo(ids(EventStream.BATCH + 1, EventStream.BATCH + 50));
    }

    @Test
    void onlyTheLatestProgressIsSentAndEachOnce() {
        stream.begin(client);
        client.reads = false;
        stream.progressed("{\"step\":1}");
        stream.advance();
        stream.progressed("{\"step\":2}");
        client.reads = true;
        stream.advance();
        stream.progressed("{\"step\":2}");
        stream.advance();
        assertThat(client.texts).containsExactly("event:progress\ndata:{\"step\":2}\n\n");
    }

    @Test
    void jobThatRunsInAnotherProcessIsFollowedByWhatThatStores() {
        stream.read(events(1, 1));
        stream.begin(client);
        stream.latest(new JobEvents.Latest("job_1", 2, "{\"step\":7}"));
        stream.advance();
        assertThat(asked).containsExactly(1L);
        stream.read(events(2, 2));
        stream.advance();
        stream.latest(new JobEvents.Latest("job_1", 2, "{\"step\":7}"));
        stream.advance();
        assertThat(client.heard()).containsExactly("1", "2", "event:progress\ndata:{\"step\":7}");
        assertThat(asked).hasSize(1);
    }

    @Test
    void heartbeatComesThoughSignalsBringNothingNew() {
        stream.begin(client);
        for (int i = 0; i < 30; i++) {
            now += Duration.ofSeconds(1).toNanos();
            stream.progressed("{}");
            stream.advance();
        }
        assertThat(client.heard()).containsExactly("event:progress\ndata:{}", ":alive");
    }

    @Test
    void closedStreamSaysWhatThereIsAndThatTheClientMayComeBack() {
        stream.begin(client);
        stream.added(event(2));
        stream.close();
        assertThat(stream.advance()).isTrue();
        assertThat(client.heard()).isEmpty();
        stream.read(events(1, 2));
        assertThat(stream.advance()).isFalse();
        assertThat(client.heard()).containsExactly("1", "2", "retry:2000\n:come back");
        assertThat(client.closed).isTrue();
    }

    @Test
    void streamOfAJobWhoseEventsAreGoneEndsAndDoesNotAskForEver() {
        stream.begin(client);
        stream.added(event(2));
        stream.advance();
        stream.read(List.of());
        assertThat(stream.advance()).isFalse();
        assertThat(client.heard()).containsExactly("retry:2000\n:come back");
        assertThat(asked).containsExactly(0L);
    }

    @Test
    void clientThatDoesNotReadIsGivenUp() {
        stream.begin(client);
        stream.advance();
        client.reads = false;
        now += EventStream.PATIENCE.toNanos() - 1;
        assertThat(stream.advance()).isTrue();
        client.reads = true;
        assertThat(stream.advance()).isTrue();
        client.reads = false;
        now += EventStream.PATIENCE.toNanos() - 1;
        assertThat(stream.advance()).isTrue();
        now++;
        assertThat(stream.advance()).isFalse();
        assertThat(client.closed).isTrue();
    }

    @Test
    void clientThatLeftIsLetGo() {
        stream.begin(client);
        client.gone = true;
        stream.added(event(1));
        assertThat(stream.advance()).isFalse();
        assertThat(client.closed).isTrue();
    }

    @Test
    void clientThatComesBackIsSentWhatFollows() {
        EventStream again = stream(5);
        again.read(events(6, 7));
        again.begin(client);
        again.advance();
        assertThat(client.heard()).containsExactly("6", "7");
    }
}
