package dev.descent.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.fault.NotStored;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/// What happens when the disk refuses a write, and until it takes them again.
class DiskTest {

    @TempDir
    Path root;

    private TestStorage storage;
    private Disk disk;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, Clock.systemUTC());
        disk = storage.disk();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void fullDiskIsToldAndLeavesNothing() throws IOException {
        try (BlobWriter writer = writer(RefusingChannel.afterBytes(file(), 2, "No space left on device"))) {
            assertRefused(() -> writer.write("abc".getBytes(UTF_8)), "insufficient-storage");
            assertRefused(writer::commit, "insufficient-storage");
        }
        assertThat(root.resolve("tmp")).isEmptyDirectory();
        assertThat(root.resolve("blobs/sha256")).isEmptyDirectory();
    }

    @Test
    void whatCouldNotBeForcedIsNeverForcedAgain() throws IOException {
        RefusingChannel channel = RefusingChannel.onForce(file(), "Input/output error");
        try (BlobWriter writer = writer(channel)) {
            writer.write("abc".getBytes(UTF_8));
            assertRefused(writer::commit, "storage-failing");
            awaitRecovery();
            assertRefused(writer::commit, "storage-failing");
            assertRefused(() -> writer.write(1), "storage-failing");
        }
        assertThat(channel.forced).isEqualTo(1);
        assertThat(root.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void writesAreRefusedAndReadsGoOnUntilAProbeSucceeds() throws IOException {
        Path tmp = root.resolve("tmp");
        Files.delete(tmp); // no probe can be written
        assertThat(disk.failed(new IOException("Disk quota exceeded")).type()).isEqualTo("insufficient-storage");
        assertThat(disk.degraded()).isTrue();
        assertRefused(() -> storage.blobs().open(), "insufficient-storage");
        assertRefused(() -> storage.transactions().executeWithoutResult(status -> {}), "insufficient-storage");
        assertRefused(() -> disk.reserve(1), "insufficient-storage");
        TransactionTemplate reading = storage.transactions();
        reading.setReadOnly(true);
        assertThat(reading.<Long>execute(status -> storage.database()
                        .sql("select count(*) from turn")
                        .query(Long.class)
                        .single()))
                .isEqualTo(1);

        Files.createDirectory(tmp);
        awaitRecovery();
        storage.transactions().executeWithoutResult(status -> {});
        storage.blobs().open().close();
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void roomIsPromisedOnce() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace() * 3 / 4;
        Disk.Room first = disk.reserve(free);
        assertRefused(() -> disk.reserve(free), "insufficient-storage");
        assertThat(disk.degraded()).as("nothing has failed").isFalse();
        first.close();
        disk.reserve(free).close();
    }

    @Test
    void reserveIsLeftFree() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        try (var greedy = new Disk(root, new DiskProperties(ofBytes(free / 2), Duration.ofSeconds(1)))) {
            assertRefused(() -> greedy.reserve(free * 3 / 4), "insufficient-storage");
        }
        try (var full = new Disk(root, new DiskProperties(ofBytes(free * 2), Duration.ofSeconds(1)))) {
            assertRefused(full::requireRoom, "insufficient-storage");
        }
    }

    @Test
    void anErrorOfAnotherIsNotTheDisks() {
        assertThat(disk.failedIfDisk(new IOException("Connection reset by peer")))
                .isNull();
        assertThat(disk.degraded()).isFalse();
        assertThat(disk.failedIfDisk(new IllegalStateException(new IOException("Input/output error"))))
                .isNotNull();
    }

    private static DataSize ofBytes(long bytes) {
        return DataSize.ofBytes(bytes);
    }

    private Path name() {
        return root.resolve("tmp/test.blob");
    }

    private FileChannel file() throws IOException {
        return FileChannel.open(name(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private BlobWriter writer(FileChannel channel) {
        return new BlobWriter(storage.blobs(), disk, name(), channel);
    }

    private void awaitRecovery() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !disk.degraded());
    }

    private static void assertRefused(ThrowingCallable call, String type) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NotStored.class, refused -> assertThat(refused.type()).isEqualTo(type));
    }
}
