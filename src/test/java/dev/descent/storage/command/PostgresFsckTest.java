package dev.descent.storage.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.TestDatabase;
import dev.descent.storage.TestPostgres;
import dev.descent.storage.TestStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `descent fsck` where the rows are on a PostgreSQL server, beside a service that goes on working.
class PostgresFsckTest {

    @TempDir
    Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private TestStorage storage;
    private Blob bundle;
    private Blob checkpoint;

    @BeforeEach
    void fill() {
        storage = new TestStorage(data, Clock.systemUTC(), TestDatabase.POSTGRESQL);
        bundle = store("a model");
        checkpoint = store("where a job was");
        storage.database()
                .sql(
                        "insert into model (id, tenant, bundle_sha256, summary, created_at) values ('mdl_1', 'default', ?, '{}', 0)")
                .param(bundle.sha256())
                .update();
        storage.database().sql("""
                        insert into job (id, tenant, dataset_id, state, priority, mem_bytes, created_at, spec, plan)
                        values ('job_1', 'default', 'ds_gone', 'FAILED', 0, 0, 0, '{}', '{}')
                        """).update();
        storage.database()
                .sql("""
                        insert into checkpoint (job_id, number, fence, sha256, bytes, step, epoch, seconds, created_at)
                        values ('job_1', 2, 1, ?, ?, 10, 1, 1, 0)
                        """)
                .param(checkpoint.sha256())
                .param(checkpoint.bytes())
                .update();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void wholeStateIsClean() throws IOException {
        Files.writeString(data.resolve("tmp/half.blob"), "half");
        store("nobody's yet");
        assertThat(fsck()).isEqualTo(Commands.WELL);
        assertThat(printed())
                .contains("2 files", "Everything is as it was written")
                .doesNotContain("left over");
    }

    @Test
    void rowWhoseFileIsMissingOrDamagedIsNamed() throws IOException {
        Files.delete(path(bundle));
        Files.writeString(path(checkpoint), "where another was");
        assertThat(fsck()).isEqualTo(Commands.UNWELL);
        assertThat(printed())
                .contains("the file of model mdl_1 is missing")
                .contains("checkpoint 2 of job job_1 is not as it was written");
    }

    @Test
    void jobThatWaitsForADatasetThatIsGoneIsNamed() {
        storage.database().sql("update job set state = 'PAUSED'").update();
        assertThat(fsck()).isEqualTo(Commands.UNWELL);
        assertThat(printed()).contains("job job_1 waits for dataset ds_gone");
    }

    @Test
    void fileThatNoRowNamesIsLeftOver() throws IOException {
        Path orphan = path(store("nobody's"));
        Files.setLastModifiedTime(orphan, FileTime.fromMillis(0));
        assertThat(fsck()).isEqualTo(Commands.WELL);
        assertThat(printed().lines().filter(line -> line.startsWith("left over")))
                .singleElement()
                .asString()
                .contains("(unreferenced)", orphan.getFileName().toString());
    }

    private int fsck() {
        var stream = new PrintStream(out, true, UTF_8);
        return new Commands(stream, stream, Map.of(), Clock.systemUTC())
                .run(List.of("fsck", "--data-directory", "" + data, "--database.url", TestPostgres.url(data)));
    }

    private String printed() {
        return out.toString(UTF_8);
    }

    private Path path(Blob blob) {
        return storage.blobs().path(blob.sha256());
    }

    private Blob store(String content) {
        try (BlobWriter writer = storage.blobs().open()) {
            writer.write(content.getBytes(UTF_8));
            return writer.commit();
        }
    }
}
