package dev.descent.storage.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.TestStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {

    @TempDir
    Path folder;

    private Path data;
    private Blob bundle;
    private Blob record;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void fill() {
        data = folder.resolve("data");
        try (var storage = new TestStorage(data, Clock.systemUTC())) {
            bundle = store(storage, "a model");
            record = store(storage, "what was recorded");
            model(storage, "mdl_1", bundle);
            storage.database().sql("""
                            insert into job (id, tenant, dataset_id, state, priority, mem_bytes, created_at, spec, plan)
                            values ('job_1', 'default', 'ds_gone', 'SUCCEEDED', 0, 0, 0, '{}', '{}')
                            """).update();
            storage.database()
                    .sql("insert into job_record (job_id, kind, sha256, bytes) values ('job_1', 'LOSS', ?, ?)")
                    .param(record.sha256())
                    .param(record.bytes())
                    .update();
        }
    }

    @Test
    void wholeDirectoryIsClean() {
        assertThat(run("fsck")).isEqualTo(Commands.WELL);
        assertThat(out.toString(UTF_8)).contains("2 files", "Everything is as it was written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b model", "a mode", "a model!", ""})
    void everyDamageIsNamed(String content) throws IOException {
        Files.writeString(blob(bundle), content);
        assertThat(run("fsck")).isEqualTo(Commands.UNWELL);
        assertThat(out.toString(UTF_8)).contains("DAMAGED: the file of model mdl_1", bundle.sha256());
    }

    @Test
    void missingFileIsNamed() throws IOException {
        Files.delete(blob(record));
        assertThat(run("fsck", "--json")).isEqualTo(Commands.UNWELL);
        JsonNode report = JsonMapper.builder().build().readTree(out.toString(UTF_8));
        assertThat(report.get("damage").get(0).stringValue()).startsWith("what job job_1 recorded as LOSS is missing");
        assertThat(report.get("referenced").intValue()).isEqualTo(2);
    }

    @Test
    void jobWithoutItsDatasetIsDamage() {
        try (var storage = new TestStorage(data, Clock.systemUTC())) {
            storage.database().sql("update job set state = 'QUEUED'").update();
        }
        assertThat(run("fsck")).isEqualTo(Commands.UNWELL);
        assertThat(out.toString(UTF_8)).contains("job job_1 waits for dataset ds_gone");
    }

    @Test
    void damagedDatabaseIsNamed() throws IOException {
        Path file = data.resolve("db/descent.db");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 4096, (byte) 0);
        Files.write(file, bytes);
        assertThat(run("fsck")).isEqualTo(Commands.UNWELL);
        assertThat(out.toString(UTF_8) + err.toString(UTF_8)).containsIgnoringCase("database");
    }

    @Test
    void whatIsLeftOverIsListedAndHarmless() throws IOException {
        try (var storage = new TestStorage(data, Clock.systemUTC())) {
            Path orphan = storage.blobs().path(store(storage, "nobody's").sha256());
            Files.setLastModifiedTime(orphan, FileTime.fromMillis(0));
            store(storage, "nobody's yet");
        }
        Files.writeString(data.resolve("tmp/half.blob"), "half");
        Files.createDirectory(data.resolve("runs/job_1-1"));
        Files.writeString(data.resolve("runs/job_1-1/loss"), "12345678");
        Files.writeString(data.resolve("blobs/sha256/notes.txt"), "mine");
        assertThat(run("fsck")).isEqualTo(Commands.WELL);
        assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("left over")))
                .hasSize(4)
                .anyMatch(line -> line.contains("(unreferenced)"))
                .anyMatch(line -> line.contains("(temporary): tmp/half.blob, 4 bytes"))
                .anyMatch(line -> line.contains("(run): runs/job_1-1/loss"))
                .anyMatch(line -> line.contains("(stray): blobs/sha256/notes.txt"));
    }

    @Test
    void directoryAtWorkIsNotChecked() {
        try (var storage = new TestStorage(data, Clock.systemUTC())) {
            assertThat(run("fsck")).isEqualTo(Commands.UNWELL);
            assertThat(err.toString(UTF_8)).contains("in use by another Descent process");
        }
    }

    @Test
    void whatIsNoDataDirectoryIsNotMadeOne() {
        Path other = folder.resolve("other");
        assertThat(run("fsck", "--data-directory=" + other)).isEqualTo(Commands.UNWELL);
        assertThat(err.toString(UTF_8)).contains("no file VERSION");
        assertThat(other).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsck --all", "fsck here", "fsck --grace soon", "backup", "backup a b", "restore a", "fsk"})
    void wrongCommandLinesGetTheUsage(String line) {
        List<String> words = List.of(line.split(" "));
        assertThat(new Commands(stream(out), stream(err), Map.of(), Clock.systemUTC()).run(words))
                .isEqualTo(Commands.USAGE);
        assertThat(err.toString(UTF_8)).contains("descent restore <backup> <directory>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--link"})
    void backupOfAServiceAtWorkIsRestoredWhole(String link) throws Exception {
        var stop = new AtomicBoolean();
        try (var storage = new TestStorage(data, Clock.systemUTC())) {
            Thread writer = Thread.ofPlatform().start(() -> writeAndDelete(storage, stop));
            for (int i = 0; i < 5; i++) {
                Path backup = folder.resolve("backup-" + i);
                Path restored = folder.resolve("restored-" + i);
                assertThat(link.isEmpty() ? run("backup", "" + backup) : run("backup", link, "" + backup))
                        .as(err.toString(UTF_8))
                        .isEqualTo(Commands.WELL);
                assertThat(command("restore", "" + backup, "" + restored)).isEqualTo(Commands.WELL);
                out.reset();
                assertThat(command("fsck", "--grace", "0s", "--data-directory", "" + restored))
                        .as(err.toString(UTF_8) + out.toString(UTF_8))
                        .isEqualTo(Commands.WELL);
                assertThat(out.toString(UTF_8)).doesNotContain("left over");
                assertThat(restored.resolve("blobs/sha256")
                                .resolve(data.resolve("blobs/sha256").relativize(blob(bundle))))
                        .hasContent("a model");
            }
            stop.set(true);
            writer.join();
        }
    }

    @Test
    void whatComesAndGoesWhileRowsAreCopiedMakesThemBeCopiedAgain() throws Exception {
        Path backup = folder.resolve("backup");
        try (var storage = new TestStorage(data, Clock.systemUTC())) {
            var calls = new AtomicInteger();
            new Backup(data, backup, false, () -> {
                        int call = calls.incrementAndGet();
                        if (call == 1) {
                            model(storage, "mdl_short", store(storage, "a short life"));
                        } else if (call == 2) {
                            storage.database()
                                    .sql("delete from model where id = 'mdl_short'")
                                    .update();
                            storage.blobs().sweep(Duration.ofHours(-1));
                        }
                    })
                    .run(Instant.EPOCH);
            assertThat(calls).hasValue(4);
        }
        assertThat(command("restore", "" + backup, "" + folder.resolve("restored")))
                .isEqualTo(Commands.WELL);
    }

    @Test
    void backupNeverHoldsADamagedFile() throws IOException {
        Files.writeString(blob(bundle), "b model");
        Path backup = folder.resolve("backup");
        assertThat(run("backup", "" + backup)).isEqualTo(Commands.UNWELL);
        assertThat(err.toString(UTF_8)).contains("the file of model mdl_1 is missing, or not as it was written");
        assertThat(command("restore", "" + backup, "" + folder.resolve("restored")))
                .isEqualTo(Commands.UNWELL);
        assertThat(command("fsck", "--data-directory", "" + backup)).isEqualTo(Commands.UNWELL);
        assertThat(err.toString(UTF_8)).contains("did not finish");
    }

    @Test
    void damagedBackupIsNotRestored() throws IOException {
        Path backup = folder.resolve("backup");
        assertThat(run("backup", "" + backup)).isEqualTo(Commands.WELL);
        Path file = backup.resolve(data.relativize(blob(bundle)));
        Files.writeString(file, "b model");
        assertThat(command("restore", "" + backup, "" + folder.resolve("restored")))
                .isEqualTo(Commands.UNWELL);
        assertThat(err.toString(UTF_8)).contains("the file of model mdl_1 is not as it was written");
        Files.writeString(file, "a model");
        Files.write(backup.resolve("db/descent.db"), new byte[1], StandardOpenOption.APPEND);
        assertThat(command("restore", "" + backup, "" + folder.resolve("again")))
                .isEqualTo(Commands.UNWELL);
        assertThat(err.toString(UTF_8)).contains("its database is not as it was written");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path backup = folder.resolve("backup");
        assertThat(run("backup", "" + backup)).isEqualTo(Commands.WELL);
        assertThat(run("backup", "" + backup)).isEqualTo(Commands.UNWELL);
        assertThat(err.toString(UTF_8)).contains("is not empty");
        assertThat(command("restore", "" + backup, "" + data)).isEqualTo(Commands.UNWELL);
        assertThat(run("fsck")).isEqualTo(Commands.WELL);
    }

    private static void writeAndDelete(TestStorage storage, AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i++) {
            String id = "mdl_" + i % 7 + "x";
            storage.transactions().executeWithoutResult(status -> {
                List<String> old = storage.database()
                        .sql("delete from model where id = ? returning bundle_sha256")
                        .param(id)
                        .query(String.class)
                        .list();
                old.forEach(storage.blobs()::delete);
            });
            try (BlobWriter blob = storage.blobs().open()) {
                blob.write(("model " + i).getBytes(UTF_8));
                Blob kept = blob.commit();
                storage.transactions().executeWithoutResult(status -> model(storage, id, kept));
            }
        }
    }

    private static void model(TestStorage storage, String id, Blob bundle) {
        storage.database()
                .sql(
                        "insert into model (id, tenant, bundle_sha256, summary, created_at) values (?, 'default', ?, '{}', 0)")
                .param(id)
                .param(bundle.sha256())
                .update();
    }

    private static Blob store(TestStorage storage, String content) {
        try (BlobWriter writer = storage.blobs().open()) {
            writer.write(content.getBytes(UTF_8));
            return writer.commit();
        }
    }

    private Path blob(Blob blob) {
        return new Layout(data).blob(blob.sha256());
    }

    /// With the data directory of this test.
    private int run(String command, String... more) {
        String[] words = Arrays.copyOf(more, more.length + 2);
        boolean given = List.of(more).stream().anyMatch(word -> word.startsWith("--data-directory"));
        if (given) {
            return command(command, more);
        }
        words[more.length] = "--data-directory";
        words[more.length + 1] = data.toString();
        return command(command, words);
    }

    private int command(String command, String... more) {
        var words = new ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        return new Commands(stream(out), stream(err), Map.of(), Clock.systemUTC()).run(words);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
