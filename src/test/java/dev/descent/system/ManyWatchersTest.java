package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A thousand clients watch some jobs: a tenth of them never reads, a tenth comes and goes, and the service is killed
/// once. Each of the others sees every stored event once, in order, up to one end.
@Proof
class ManyWatchersTest {

    private static final int CLIENTS = Extent.of("watchers", 1000, 1000);
    private static final int JOBS = 10;

    /// KiB: a thousand streams take 32 MiB at most.
    private static final double LARGEST_STREAM = 32;
    private static final int SECONDS = Extent.full() ? 10 : 2;

    @Test
    void eachClientSeesEveryEventOnceThoughTheServiceIsKilled(@TempDir Path folder) throws Exception {
        Random random = Extent.random("Watchers");
        Path data = folder.resolve("data");
        String[] properties = {"--descent.training.workers=2", "--descent.training.stream-limit=" + 2 * CLIENTS};
        List<EventClient> readers = new ArrayList<>();
        List<Socket> stalled = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        var address = new AtomicReference<String>();
        String cost;
        double heapOfEach;
        ServiceProcess service = ServiceProcess.start(data, properties);
        try {
            Http api = service.api();
            address.set(service.address());
            String dataset = api.post("/datasets/generate", "{\"generator\": \"parabola\", \"rows\": 1000}", 201)
                    .get("id")
                    .stringValue();
            for (int i = 0; i < JOBS; i++) {
                String job = api.post("/training-jobs", spec(dataset, i), 202)
                        .get("id")
                        .stringValue();
                api.post("/training-jobs/" + job + "/pause", "", 202);
                jobs.add(job);
            }
            awaitPaused(api);
            double heap = service.heapMebibytes();
            double resident = service.residentMebibytes();
            long files = service.openFiles();
            for (int i = 0; i < CLIENTS; i++) {
                String job = jobs.get(i % JOBS);
                if (i % 10 == i / 10 % 10) {
                    stalled.add(EventClient.connect(service.address(), job, 0));
                    continue;
                }
                long seed = random.nextLong();
                LongSupplier patience = i % 10 == (i / 10 + 1) % 10 ? comesAndGoes(new Random(seed)) : () -> 0;
                var client = new EventClient(job, address::get, patience);
                readers.add(client);
                threads.add(Thread.ofVirtual().start(client));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> readers.stream()
                            .allMatch(client -> client.connected() || client.connections() > 1 || client.ended()));
            heapOfEach = 1024 * (service.heapMebibytes() - heap) / CLIENTS;
            cost = "%.1f KiB of heap and %.0f KiB resident each, %d threads, %d more open files"
                    .formatted(
                            heapOfEach,
                            1024 * (service.residentMebibytes() - resident) / CLIENTS,
                            service.threads(),
                            service.openFiles() - files);
            for (String job : jobs) {
                api.post("/training-jobs/" + job + "/resume", "", 202);
            }
            awaitSome(readers);
            service.kill();
            service = ServiceProcess.start(data, properties);
            address.set(service.address());
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(3)))
                        .as("every client comes to an end")
                        .isTrue();
            }
            report(service.api(), readers, jobs, cost);
        } finally {
            service.close();
            for (Socket socket : stalled) {
                socket.close();
            }
        }
        assertThat(heapOfEach).as("KiB of heap for a stream").isLessThan(LARGEST_STREAM);
    }

    private static void awaitPaused(Http api) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/training-jobs?state=PAUSED").get("data").size() == JOBS);
    }

    private static LongSupplier comesAndGoes(Random random) {
        return () -> 200 + random.nextInt(1500);
    }

    /// Until some jobs have ended and others have not begun.
    private static void awaitSome(List<EventClient> readers) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> readers.stream().filter(EventClient::ended).count() > readers.size() / 4);
    }

    private static void report(Http api, List<EventClient> readers, List<String> jobs, String cost) {
        Map<String, List<JsonNode>> stored = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (String job : jobs) {
            JobLife life = JobLife.read(api, job);
            stored.put(job, life.events());
            faults.addAll(life.faults());
        }
        readers.stream().map(EventClient::fault).filter(Objects::nonNull).forEach(faults::add);
        for (EventClient client : readers) {
            if (client.events().size() != stored.get(client.job()).size()) {
                faults.add(client.job() + ": " + client.events().size() + " of "
                        + stored.get(client.job()).size() + " events seen");
            }
        }
        long[] lags = readers.stream()
                .flatMapToLong(client -> lags(client, stored.get(client.job())))
                .sorted()
                .toArray();
        System.out.printf(
                "Watchers: %d clients read, %d connections, %d refused, events %d, lag of live events p50 %d ms, "
                        + "p99 %d ms; %s; faults %d%n",
                readers.size(),
                readers.stream().mapToInt(EventClient::connections).sum(),
                readers.stream().mapToInt(EventClient::refusals).sum(),
                lags.length,
                lags[lags.length / 2],
                lags[lags.length * 99 / 100],
                cost,
                faults.size());
        assertThat(faults).isEmpty();
        // other programs may delay some events, hardly half
        assertThat(lags[lags.length / 2]).isLessThan(1000);
    }

    /// Milliseconds from an event to its client, of those events that happened while the client was connected.
    private static LongStream lags(EventClient client, List<JsonNode> stored) {
        List<EventClient.Event> seen = client.events();
        return IntStream.range(0, Math.min(seen.size(), stored.size()))
                .filter(i -> happened(stored.get(i)) >= seen.get(i).since())
                .mapToLong(i -> seen.get(i).millis() - happened(stored.get(i)));
    }

    private static long happened(JsonNode event) {
        return Instant.parse(event.get("createdAt").stringValue()).toEpochMilli();
    }

    /// Ends by its time limit, so that the proof takes as long on every machine.
    private static String spec(String dataset, int seed) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": 8, "activation": "tanh"},
                                                     {"type": "dense", "units": 1}]},
                 "optimizer": {"type": "sgd", "learningRate": 0.00001}, "batches": {"type": "shuffled", "size": 100},
                 "epochs": 1000000, "seed": %d, "timeLimitSeconds": %d, "record": {"loss": {"every": 1000000}}}""".formatted(dataset, seed, SECONDS);
    }
}
