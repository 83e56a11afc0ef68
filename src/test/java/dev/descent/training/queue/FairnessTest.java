package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.system.Extent;
import dev.descent.system.Proof;
import dev.descent.tenant.Tenant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The queue's choices, one after the other, in a time that is only counted: two tenants flood it, one asks for a job
/// now and then, one for jobs that need most of the memory.
@Proof
class FairnessTest {

    private static final int DECISIONS = Extent.of("decisions", 4_000, 100_000);
    private static final int FLOOD = Extent.of("flood", 200, 10_000);
    private static final long MEMORY = 100;
    private static final long SMALL = 5;

    /// How a tenant asks: how many jobs it always has waiting, or else every how many units of time it submits one.
    private enum Client {
        CROWD(FLOOD, 0),
        HORDE(FLOOD / 10, 0),
        MODEST(0, 40),
        LARGE(0, 300);

        private final int waiting;
        private final int every;

        Client(int waiting, int every) {
            this.waiting = waiting;
            this.every = every;
        }

        Tenant tenant() {
            return new Tenant(name().toLowerCase(Locale.ROOT));
        }
    }

    private record Submitted(Client client, long memory) {}

    private record Running(Claim claim, Client client, long end) {}

    private final Random random = Extent.random("FairnessTest");
    private final Map<String, Submitted> waiting = new HashMap<>();
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::end));
    private final Map<Client, Integer> waits = new EnumMap<>(Client.class);
    private final Map<Client, Long> next = new EnumMap<>(Client.class);
    private final Map<String, Integer> passed = new HashMap<>();
    private final Map<Client, Integer> turnsOfOthers = new EnumMap<>(Client.class); // of who waits and runs nothing
    private final Map<Client, List<Integer>> turnsWaited = new EnumMap<>(Client.class);
    private QueueFixture fixture;
    private long now;
    private long starts;

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void nobodyWaitsForMoreThanTheTurnsOfTheOthersAndNothingIsPassedMoreThanTwentyTimes(int slots, @TempDir Path root) {
        try (var opened = new QueueFixture(root)) {
            fixture = opened;
            fixture.storage.database().sql("pragma synchronous = off").update();
            long decisions = 0;
            for (Client client : Client.values()) {
                next.put(client, (long) client.every);
            }
            while (decisions < DECISIONS) {
                submit();
                while (running.size() < slots && decide()) {
                    decisions++;
                    submit();
                }
                decisions++;
                Running ended = running.remove();
                now = ended.end();
                fixture.move(ended.claim(), JobState.RUNNING, Ending.COMPLETED);
            }
            int most =
                    passed.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            System.out.printf(
                    "%,d decisions for %d places, %,d starts with %,d waiting: a large job was passed %d times at most; others started while a modest tenant ran nothing at most %d, while one of large jobs did at most %d%n",
                    decisions, slots, starts, FLOOD, most, most(Client.MODEST), most(Client.LARGE));

            // Alone, it fits.
            assertThat(most).isBetween(slots == 1 ? 0 : 1, slots == 1 ? 0 : JobQueue.MAXIMUM_OVERTAKES);
            // Its turn comes next, or after one of each of the others.
            assertThat(most(Client.MODEST)).isLessThan(Client.values().length);
            assertThat(turnsWaited.get(Client.MODEST)).hasSizeGreaterThan(DECISIONS / 100);
            assertThat(turnsWaited.get(Client.LARGE)).hasSizeGreaterThan(DECISIONS / 1000);
        }
    }

    private int most(Client client) {
        return turnsWaited.get(client).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
    }

    private void submit() {
        for (Client client : Client.values()) {
            while (waits.getOrDefault(client, 0) < client.waiting) {
                submit(client, SMALL);
            }
            if (client.every > 0 && now >= next.get(client)) {
                next.put(client, now + client.every + random.nextInt(client.every));
                submit(client, client == Client.LARGE ? MEMORY - random.nextInt(40) : SMALL);
            }
        }
    }

    private void submit(Client client, long memory) {
        String id = fixture.submit(client.tenant(), random.nextInt(-1, 2), memory);
        waiting.put(id, new Submitted(client, memory));
        waits.merge(client, 1, Integer::sum);
    }

    /// Says whether a job was started.
    private boolean decide() {
        long used = running.stream().mapToLong(job -> job.claim().memoryBytes()).sum();
        String head = head(used);
        Optional<Claim> claim = fixture.queue.claim(new Room("node", MEMORY, MEMORY - used, running.isEmpty()));
        if (claim.isEmpty()) {
            assertThat(used + SMALL > MEMORY || passed.getOrDefault(head, 0) == JobQueue.MAXIMUM_OVERTAKES)
                    .as("nothing was started")
                    .isTrue();
            return false;
        }
        Submitted job = waiting.remove(claim.get().jobId());
        if (!claim.get().jobId().equals(head) && waiting.containsKey(head)) {
            passed.merge(head, 1, Integer::sum);
        }
        if (job.client() == Client.CROWD || job.client() == Client.HORDE) {
            Client other = job.client() == Client.CROWD ? Client.HORDE : Client.CROWD;
            assertThat(runs(job.client())).as("%s beside %s", job, other).isLessThanOrEqualTo(runs(other));
        }
        waits.merge(job.client(), -1, Integer::sum);
        Integer turns = turnsOfOthers.remove(job.client());
        turnsWaited.computeIfAbsent(job.client(), client -> new ArrayList<>()).add(turns == null ? 0 : turns);
        for (Client other : Client.values()) {
            if (other != job.client() && waits.getOrDefault(other, 0) > 0 && runs(other) == 0) {
                turnsOfOthers.merge(other, 1, Integer::sum);
            }
        }
        starts++;
        running.add(new Running(claim.get(), job.client(), now + 1 + random.nextInt(30)));
        return true;
    }

    /// The first of those that wait; only asked for where a job waits that does not fit, else any.
    private String head(long used) {
        return waiting.entrySet().stream()
                .filter(job -> job.getValue().memory() > MEMORY - used)
                .findAny()
                .map(large -> fixture.storage
                        .database()
                        .sql("select id from queue_order where position = 1")
                        .query(String.class)
                        .single())
                .orElse("");
    }

    private long runs(Client client) {
        return running.stream().filter(job -> job.client() == client).count();
    }
}
