package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.system.Http.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A long queue costs no memory and slows nothing down, and says when it is full.
@Proof
class QueueMemoryTest {

    private static final int QUEUED = Extent.of("queued", 10_000, 10_000);
    private static final int HEAP = 512;
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 50;
    private static final int FEW = Math.max(2 * REQUESTS, QUEUED / 10);

    /// What is left of the heap for other things: P17 of the promises.
    private static final double MEBIBYTES_MORE = 32;
    private static final double RESIDENT_BESIDE_HEAP = 400;
    private static final double MILLISECONDS = 250;

    private record Figures(int queued, double heap, double resident, double submit, double read, double list) {

        @Override
        public String toString() {
            return "%,d queued: heap %.1f MiB, resident %.0f MiB, median submit %.1f ms, read %.1f ms, list %.1f ms"
                    .formatted(queued, heap, resident, submit, read, list);
        }
    }

    private Http api;
    private String data;
    private final ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();

    @Test
    void tenThousandQueuedJobsCostNoMemoryAndTheNextIsRefused(@TempDir Path folder) throws Exception {
        try (ServiceProcess service = ServiceProcess.startWithHeap(
                        HEAP,
                        folder.resolve("data"),
                        "--descent.training.workers=1",
                        "--descent.training.queue-limit=" + QUEUED);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            api = service.api();
            data = api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201)
                    .get("id")
                    .stringValue();
            api.post("/training-jobs", spec(1_000_000_000), 202);
            List<Figures> figures = new ArrayList<>();
            for (int queued : new int[] {REQUESTS, FEW, QUEUED}) {
                fill(clients, queued - REQUESTS);
                figures.add(measure(service, queued));
            }
            Answer refused = api.ask("/training-jobs", spec(1));
            figures.forEach(System.out::println);
            System.out.printf(
                    "One more: %d, Retry-After %s%n",
                    refused.status(),
                    refused.response().headers().firstValue("Retry-After").orElse("none"));

            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.response()
                            .headers()
                            .firstValueAsLong("Retry-After")
                            .orElse(0))
                    .isBetween(1L, 3600L);
            Figures first = figures.getFirst();
            Figures last = figures.getLast();
            assertThat(last.heap()).isLessThan(first.heap() + MEBIBYTES_MORE);
            assertThat(last.resident()).isLessThan(HEAP + RESIDENT_BESIDE_HEAP);
            for (double median : new double[] {last.submit(), last.read(), last.list()}) {
                assertThat(median).isLessThan(MILLISECONDS);
            }
            assertThat(position(jobs.peek())).isEqualTo(1);
            assertThat(api.get("/training-jobs?limit=1")
                            .at("/data/0/queuePosition")
                            .intValue())
                    .isEqualTo(QUEUED);
        }
    }

    private void fill(ExecutorService clients, int queued) throws Exception {
        List<Future<?>> submitted = new ArrayList<>();
        for (int i = jobs.size(); i < queued; i++) {
            submitted.add(clients.submit(this::submit));
        }
        for (Future<?> job : submitted) {
            job.get();
        }
    }

    private void submit() {
        JsonNode job = api.post("/training-jobs", spec(1), 202);
        jobs.add(job.get("id").stringValue());
    }

    /// With the last [#REQUESTS] of the `queued` jobs being submitted one by one.
    private Figures measure(ServiceProcess service, int queued) throws Exception {
        double submit = median(this::submit);
        String last = jobs.stream().reduce((before, after) -> after).orElseThrow();
        double read = median(() -> assertThat(position(last)).isPositive());
        double list = median(() -> api.get("/training-jobs?limit=50"));
        assertThat(jobs).hasSize(queued);
        return new Figures(queued, service.heapMebibytes(), service.residentMebibytes(), submit, read, list);
    }

    private int position(String job) {
        return api.get("/training-jobs/" + job).get("queuePosition").intValue();
    }

    private static double median(Runnable request) {
        double[] milliseconds = new double[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long begin = System.nanoTime();
            request.run();
            milliseconds[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[REQUESTS / 2];
    }

    private String spec(long steps) {
        return """
                {"datasetId": "%s", "features": ["one", "x"], "target": "y",
                 "network": {"inputs": 2, "layers": [{"type": "dense", "units": 1}]},
                 "optimizer": {"type": "sgd", "learningRate": 0.001}, "batches": "full", "steps": %d,
                 "record": {"loss": {"every": %d}}}""".formatted(data, steps, Math.max(1, steps / 10));
    }
}
