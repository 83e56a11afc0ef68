package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Many large uploads at once cost no memory but their buffers.
@Proof
class UploadMemoryTest {

    private static final int UPLOADS = Extent.of("uploads", 20, 20);
    private static final int MEBIBYTES = Extent.of("upload-mebibytes", 32, 512);
    private static final int HEAP = 512;

    /// What is left for them of the heap, and beside it: P17 of the promises.
    private static final double MEBIBYTES_MORE = 32;
    private static final double RESIDENT_BESIDE_HEAP = 400;

    private static final int COLUMNS = 8;
    private static final int LINES = 5000;

    /// So many bytes of a table, in blocks that are the same: lines of numbers below a header.
    private record Text(byte[] header, byte[] block, int blocks) {

        static Text of(int seed, long bytes) {
            var random = new Random(seed);
            var lines = new StringBuilder();
            for (int i = 0; i < LINES * COLUMNS; i++) {
                lines.append("%.9f".formatted(random.nextGaussian())).append((i + 1) % COLUMNS == 0 ? '\n' : ',');
            }
            byte[] block = lines.toString().getBytes(StandardCharsets.US_ASCII);
            byte[] header = "a,b,c,d,e,f,g,h\n".getBytes(StandardCharsets.US_ASCII);
            return new Text(header, block, Math.toIntExact((bytes - header.length) / block.length));
        }

        long bytes() {
            return header.length + (long) block.length * blocks;
        }

        long rows() {
            return (long) LINES * blocks;
        }

        InputStream stream() {
            List<InputStream> parts = new ArrayList<>();
            parts.add(new ByteArrayInputStream(header));
            for (int i = 0; i < blocks; i++) {
                parts.add(new ByteArrayInputStream(block));
            }
            return new SequenceInputStream(Collections.enumeration(parts));
        }
    }

    @Test
    void twentyAtOnceStayWithinTheHeapAndWhatIsBesideIt(@TempDir Path folder) throws Exception {
        // on a busy machine a client may say nothing for longer than the service waits else
        try (ServiceProcess service = ServiceProcess.startWithHeap(
                        HEAP, folder.resolve("data"), "--server.tomcat.connection-timeout=10m");
                ExecutorService clients = Executors.newFixedThreadPool(UPLOADS)) {
            Http api = service.api(Duration.ofHours(2));
            upload(api, Text.of(UPLOADS, 1 << 20));
            double before = service.heapMebibytes();
            long begin = System.nanoTime();
            var underWay = new AtomicInteger();
            var atOnce = new AtomicInteger();
            List<Future<JsonNode>> uploads = new ArrayList<>();
            List<Long> rows = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                Text text = Text.of(i, (long) MEBIBYTES << 20);
                rows.add(text.rows());
                uploads.add(clients.submit(() -> {
                    atOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    JsonNode uploaded = upload(api, text);
                    underWay.decrementAndGet();
                    return uploaded;
                }));
            }
            double most = 0;
            for (int i = 0; i < UPLOADS; i++) {
                Future<JsonNode> upload = uploads.get(i);
                while (!endsWithinASecond(upload)) {
                    most = Math.max(most, service.heapMebibytes());
                }
                assertThat(upload.get().get("rows").longValue()).isEqualTo(rows.get(i));
            }
            double resident = service.peakResidentMebibytes();
            System.out.printf(
                    "%d uploads of %d MiB, %d at once, %.0f s: heap %.1f MiB before, at most %.1f; resident at most %.0f MiB with a heap of %d%n",
                    UPLOADS, MEBIBYTES, atOnce.get(), (System.nanoTime() - begin) / 1e9, before, most, resident, HEAP);

            assertThat(atOnce.get()).isEqualTo(UPLOADS);
            assertThat(most).isLessThan(before + MEBIBYTES_MORE);
            assertThat(resident).isLessThan(HEAP + RESIDENT_BESIDE_HEAP);
        }
    }

    private static JsonNode upload(Http api, Text text) {
        var bytes = BodyPublishers.ofInputStream(text::stream);
        return api.post("/datasets", "text/csv", BodyPublishers.fromPublisher(bytes, text.bytes()), 201);
    }

    private static boolean endsWithinASecond(Future<?> upload) throws Exception {
        try {
            upload.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException still) {
            return false;
        }
    }
}
