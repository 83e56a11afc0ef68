package dev.descent.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.fault.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class BlobsTest {

    @Parameter
    TestDatabase kind;

    /// SHA-256 of "abc", from FIPS 180-2 appendix B.1.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path root;

    private TestStorage storage;
    private Blobs blobs;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, Clock.systemUTC(), kind);
        blobs = storage.blobs();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void contentIsFoundUnderItsHash() throws IOException {
        Blob blob = store("abc");
        assertThat(blob).isEqualTo(new Blob(ABC, 3));
        assertThat(blobs.path(ABC)).isEqualTo(root.resolve("blobs/sha256/ba/78/" + ABC));
        assertThat(blobs.verified(ABC, "it")).hasContent("abc");
        assertThat(storage.directory().temporary()).isEmptyDirectory();
    }

    @Test
    void sameContentIsStoredOnce() throws IOException {
        store("abc");
        store("abc");
        assertThat(files()).hasSize(1);
    }

    @Test
    void truncatedFileIsReplacedByTheWholeContent() throws IOException {
        store("abc");
        Files.writeString(blobs.path(ABC), "a");
        store("abc");
        assertThat(blobs.path(ABC)).hasContent("abc");
    }

    @Test
    void damagedFileIsReplacedByTheWholeContent() throws IOException {
        store("abc");
        Files.writeString(blobs.path(ABC), "abd");
        store("abc");
        assertThat(blobs.path(ABC)).hasContent("abc");
    }

    @Test
    void everyDamageIsFoundBeforeTheFileIsUsed() throws IOException {
        for (String damage : List.of("abd", "ab", "abcd", "")) {
            store("abc");
            assertThat(blobs.verified(ABC, "the file of it")).hasContent("abc");
            Files.writeString(blobs.path(ABC), damage);
            Files.setLastModifiedTime(blobs.path(ABC), FileTime.fromMillis(0));
            assertThatThrownBy(() -> blobs.verified(ABC, "the file of it"))
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining("the file of it is not as it was written")
                    .hasMessageContaining(ABC);
        }
        Files.delete(blobs.path(ABC));
        assertThatThrownBy(() -> blobs.verified(ABC, "the file of it"))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("the file of it is missing");
    }

    /// Same length and same time of change as far as a program can set it; the inode's own cannot be set.
    @Test
    void damageThatHidesItsTimeIsFound() throws IOException {
        store("abc");
        Path file = blobs.verified(ABC, "it");
        FileTime written = Files.getLastModifiedTime(file);
        Files.writeString(file, "abd");
        Files.setLastModifiedTime(file, written);
        assertThatThrownBy(() -> blobs.verified(ABC, "it")).isInstanceOf(Damaged.class);
    }

    @Test
    void closingWithoutCommitLeavesNothing() throws IOException {
        try (BlobWriter writer = blobs.open()) {
            writer.write("abc".getBytes(UTF_8));
        }
        assertThat(files()).isEmpty();
        assertThat(storage.directory().temporary()).isEmptyDirectory();
    }

    @Test
    void referencedBlobIsNotDeleted() {
        store("abc");
        reference(ABC);
        blobs.delete(ABC);
        sweepIfShared();
        assertThat(blobs.exists(ABC)).isTrue();
        storage.database().sql("delete from model").update();
        blobs.delete(ABC);
        sweepIfShared();
        assertThat(blobs.exists(ABC)).isFalse();
    }

    @Test
    void blobOfAnOpenWriterIsNotDeleted() {
        try (BlobWriter writer = blobs.open()) {
            writer.write("abc".getBytes(UTF_8));
            writer.commit();
            blobs.delete(ABC);
            sweepIfShared();
            assertThat(blobs.exists(ABC)).isTrue();
        }
        blobs.delete(ABC);
        sweepIfShared();
        assertThat(blobs.exists(ABC)).isFalse();
    }

    @Test
    void deletionInATransactionWaitsForItsCommit() {
        store("abc");
        reference(ABC);
        storage.transactions().executeWithoutResult(transaction -> {
            storage.database().sql("delete from model").update();
            blobs.delete(ABC);
            transaction.setRollbackOnly();
        });
        sweepIfShared();
        assertThat(blobs.exists(ABC)).isTrue();
        storage.transactions().executeWithoutResult(transaction -> {
            storage.database().sql("delete from model").update();
            blobs.delete(ABC);
            sweepIfShared();
            assertThat(blobs.exists(ABC)).isTrue();
        });
        sweepIfShared();
        assertThat(blobs.exists(ABC)).isFalse();
    }

    @Test
    void sweepRemovesWhatNoRowNamesOnceTheGraceIsOver() {
        store("abc");
        Blob kept = store("kept");
        reference(kept.sha256());
        assertThat(blobs.sweep(Duration.ofHours(1))).isZero();
        assertThat(blobs.sweep(Duration.ofHours(-1))).isEqualTo(1);
        assertThat(blobs.exists(ABC)).isFalse();
        assertThat(blobs.exists(kept.sha256())).isTrue();
    }

    @Test
    void nameThatIsNoHashIsRefused() {
        assertThatThrownBy(() -> blobs.path("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    /// Where other processes may write the same blob, deleting is left to the sweep.
    private void sweepIfShared() {
        if (storage.directory().shared()) {
            blobs.sweep(Duration.ofHours(-1));
        }
    }

    private Blob store(String content) {
        try (BlobWriter writer = blobs.open()) {
            writer.write(content.getBytes(UTF_8), 0, content.length());
            return writer.commit();
        }
    }

    private void reference(String sha256) {
        storage.database()
                .sql(
                        "insert into model (id, tenant, bundle_sha256, summary, created_at) values ('m', 'default', ?, '{}', 0)")
                .param(sha256)
                .update();
    }

    private Stream<Path> files() throws IOException {
        return Files.walk(root.resolve("blobs")).filter(Files::isRegularFile);
    }
}
