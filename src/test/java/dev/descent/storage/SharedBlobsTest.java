package dev.descent.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes write and remove the same files.
class SharedBlobsTest {

    /// As if the grace were long over for every file.
    private static final Duration NONE = Duration.ofHours(-1);

    private static final int CONTENTS = 3;
    private static final int WRITES = 1000;

    @TempDir
    Path root;

    private TestStorage one;
    private TestStorage two;

    @BeforeEach
    void open() {
        one = new TestStorage(root, Clock.systemUTC(), TestDatabase.POSTGRESQL);
        two = new TestStorage(root, Clock.systemUTC(), TestDatabase.POSTGRESQL);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void blobThatAnotherNodeHoldsStays() {
        String sha256;
        try (BlobWriter writer = one.blobs().open()) {
            writer.write("abc".getBytes(UTF_8));
            sha256 = writer.commit().sha256();
            assertThat(two.blobs().sweep(NONE)).isZero();
            assertThat(two.blobs().exists(sha256)).isTrue();
        }
        assertThat(two.blobs().sweep(NONE)).isEqualTo(1);
        assertThat(one.blobs().exists(sha256)).isFalse();
    }

    @Test
    void blobThatIsWrittenAgainIsSavedByTheTouch() throws IOException {
        String sha256 = write(one, "abc", 0);
        forget(one, 0);
        Path file = one.blobs().path(sha256);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        write(two, "abc", 1);
        forget(two, 1);
        assertThat(one.blobs().sweep(Duration.ofHours(1))).isZero();
        assertThat(file).hasContent("abc");
    }

    @Test
    void neededFileThatADeadProcessHasSetAsideComesBack() throws IOException {
        String sha256 = write(one, "abc", 0);
        setAside(sha256);
        assertThat(two.blobs().verified(sha256, "it")).hasContent("abc");
        setAside(sha256);
        assertThat(two.blobs().sweep(Duration.ofHours(1))).isZero();
        assertThat(one.blobs().path(sha256)).hasContent("abc");
        assertThat(one.directory().removing()).isEmptyDirectory();
    }

    @Test
    void unneededFileThatADeadProcessHasSetAsideGoes() throws IOException {
        String sha256 = write(one, "abc", 0);
        setAside(sha256);
        forget(one, 0);
        two.blobs().sweep(Duration.ofHours(1));
        assertThat(one.blobs().exists(sha256)).isFalse();
        assertThat(one.directory().removing()).isEmptyDirectory();
    }

    /// A writer finds the file, is late with its row, and another node is already taking the file away.
    @Test
    void noWriterLosesItsFileToASweepOfAnotherNode() throws Exception {
        var done = new AtomicBoolean();
        var removed = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers =
                    List.of(threads.submit(() -> writeAndCheck(one, 1)), threads.submit(() -> writeAndCheck(two, 2)));
            List<Future<?>> sweepers = new ArrayList<>();
            for (TestStorage node : List.of(one, two)) {
                sweepers.add(threads.submit((Callable<Void>) () -> {
                    while (!done.get()) {
                        removed.addAndGet(node.blobs().sweep(NONE));
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<?> sweeper : sweepers) {
                sweeper.get();
            }
        }
        assertThat(removed).as("files removed under the writers").hasValueGreaterThan(WRITES / 10);
        one.blobs().sweep(NONE);
        try (var left = Files.walk(root.resolve("blobs")).filter(Files::isRegularFile)) {
            assertThat(left).isEmpty();
        }
    }

    private static Void writeAndCheck(TestStorage node, int writer) {
        for (int i = 0; i < WRITES; i++) {
            String content = "content " + i % CONTENTS;
            int row = i * 10 + writer;
            String sha256 = write(node, content, row);
            node.blobs().verified(sha256, "write " + i);
            forget(node, row);
        }
        return null;
    }

    private static String write(TestStorage node, String content, int row) {
        try (BlobWriter writer = node.blobs().open()) {
            writer.write(content.getBytes(UTF_8));
            Blob blob = writer.commit();
            node.database()
                    .sql("insert into model (id, tenant, bundle_sha256, summary, created_at)"
                            + " values (?, 'default', ?, '{}', 0)")
                    .params(String.valueOf(row), blob.sha256())
                    .update();
            return blob.sha256();
        }
    }

    private static void forget(TestStorage node, int row) {
        node.database()
                .sql("delete from model where id = ?")
                .param(String.valueOf(row))
                .update();
    }

    private void setAside(String sha256) throws IOException {
        Files.move(one.blobs().path(sha256), one.directory().removing().resolve(sha256 + ".1"));
    }
}
