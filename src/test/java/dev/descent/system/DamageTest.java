package dev.descent.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.dataset.Form;
import dev.descent.storage.command.Fsck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every damage to a stored file is found before anything is answered from it, and by fsck. K6 of the proofs.
class DamageTest {

    static final int SEED = 6;
    private static final JsonMapper JSON = new JsonMapper();

    private static final String JOB = """
            {"datasetId": "%s", "task": "classification", "target": "label", "steps": 400, "seed": %d,
             "network": {"inputs": 4, "layers": [{"type": "dense", "units": 8, "activation": "tanh"},
                                                 {"type": "dense", "units": 3}]},
             "loss": "softmaxCrossEntropy", "optimizer": {"type": "adam", "learningRate": 0.01},
             "batches": {"type": "shuffled", "size": 16}, "split": {"validation": 0.2},
             "schedule": {"type": "exponential", "factor": 0.99}, "metrics": ["accuracy"],
             "record": {"loss": {"every": 1}, "gradients": {"what": "values", "every": 10},
                        "weights": {"what": "values", "every": 10}}}""";

    private static final String ENDLESS = """
            {"datasetId": "table", "task": "classification", "target": "label", "steps": 2000000000,
             "network": {"inputs": 4, "layers": [{"type": "dense", "units": 3}]}, "loss": "softmaxCrossEntropy",
             "optimizer": {"type": "sgd", "learningRate": 0.001}, "batches": "full", "record": {"loss": {"every": 1000000}}}""";

    /// A kind of stored file: two of them, and what is asked that reads the first.
    private record Stored(String kind, String sha256, String other, Supplier<HttpResponse<byte[]>> use) {}

    @TempDir
    Path folder;

    @Test
    void everyDamageIsFoundBeforeItIsUsed() throws Exception {
        damageAll(1, 1);
    }

    void damageAll(int flips, int cuts) throws Exception {
        Path data = folder.resolve("data");
        List<Stored> kinds;
        Map<String, byte[]> answers = new LinkedHashMap<>();
        Map<String, int[]> found = new LinkedHashMap<>();
        var random = new Random(SEED);
        try (ServiceProcess service = ServiceProcess.start(data, "--descent.training.workers=1")) {
            Http api = service.api();
            kinds = store(api, data);
            for (Stored each : kinds) {
                HttpResponse<byte[]> whole = each.use().get();
                assertThat(whole.statusCode())
                        .as(each.kind() + " " + new String(whole.body(), UTF_8))
                        .isEqualTo(200);
                answers.put(each.kind(), whole.body());
            }
            for (Stored each : kinds) {
                Path file = blob(data, each.sha256());
                byte[] bytes = Files.readAllBytes(file);
                int[] count = new int[4];
                for (Damage damage :
                        Damage.of(bytes, Files.readAllBytes(blob(data, each.other())), flips, cuts, random)) {
                    write(file, damage);
                    HttpResponse<byte[]> answer = each.use().get();
                    count[0]++;
                    count[answer.statusCode() == 500 && isDataCorrupt(answer) ? 1 : 2]++;
                    if (answer.statusCode() == 200) {
                        System.out.println("SILENT: " + each.kind() + " " + damage.kind());
                    }
                }
                Files.write(file, bytes);
                assertThat(each.use().get().body()).as(each.kind()).isEqualTo(answers.get(each.kind()));
                found.put(each.kind(), count);
            }
            Stored table = kinds.getFirst();
            byte[] bytes = Files.readAllBytes(blob(data, table.sha256()));
            jobOnADamagedTableFailsAsSuch(api, blob(data, table.sha256()), bytes);
            service.kill();
        }
        for (Stored each : kinds) {
            Path file = blob(data, each.sha256());
            byte[] bytes = Files.readAllBytes(file);
            for (Damage damage : Damage.of(bytes, Files.readAllBytes(blob(data, each.other())), flips, cuts, random)) {
                write(file, damage);
                Fsck fsck = Fsck.of(data);
                if (!fsck.clean() && fsck.output().contains(each.sha256())) {
                    found.get(each.kind())[3]++;
                }
            }
            Files.write(file, bytes);
        }
        assertThat(Fsck.of(data).clean()).isTrue();
        found.forEach((kind, count) -> System.out.printf(
                "Damage to %s: %d tried, %d answered data-corrupt, %d otherwise, %d found by fsck%n",
                kind, count[0], count[1], count[2], count[3]));
        assertThat(found).hasSizeGreaterThanOrEqualTo(9).allSatisfy((kind, count) -> {
            assertThat(count[1]).as(kind).isEqualTo(count[0]);
            assertThat(count[3]).as(kind).isEqualTo(count[0]);
        });
    }

    private static void jobOnADamagedTableFailsAsSuch(Http api, Path file, byte[] bytes) throws IOException {
        JsonNode job = api.post("/training-jobs", ENDLESS, 202);
        String id = job.get("id").stringValue();
        String waiting = api.post("/training-jobs", JOB.formatted("table", 3), 202)
                .get("id")
                .stringValue();
        byte[] flipped = bytes.clone();
        flipped[bytes.length - 1] ^= 1;
        Files.write(file, flipped);
        api.post("/training-jobs/" + id + "/cancel", "", 202);
        JsonNode ended = awaitEnd(api, waiting);
        assertThat(ended.get("reason").stringValue()).as(ended.toString()).isEqualTo("DATA_CORRUPT");
        Files.write(file, bytes);
    }

    private List<Stored> store(Http api, Path data) throws IOException {
        String set = upload(api, "table", 1);
        String otherSet = upload(api, "other", 2);
        JsonNode one = awaitEnd(api, submit(api, "table", 1));
        JsonNode two = awaitEnd(api, submit(api, "other", 2));
        List<Stored> kinds = new ArrayList<>();
        var datasets = Map.of(
                "table_sha256",
                "/rows?limit=200",
                "content_sha256",
                "/content",
                "labels_sha256",
                "/content?part=labels");
        for (String column : List.of("table_sha256", "content_sha256", "labels_sha256")) {
            kinds.add(new Stored(
                    column.replace("_sha256", ""),
                    text(data, "select " + column + " from dataset where id = '" + set + "'"),
                    text(data, "select " + column + " from dataset where id = '" + otherSet + "'"),
                    () -> get(api, "/datasets/" + set + datasets.get(column))));
        }
        String model = one.get("modelId").stringValue();
        String bundle = "select bundle_sha256 from model where id = '";
        kinds.add(new Stored(
                "model",
                text(data, bundle + model + "'"),
                text(data, bundle + two.get("modelId").stringValue() + "'"),
                () -> post(api, "/models/" + model + "/predictions", "{\"rows\": [[1, 2, 3, 4]]}")));
        var series = Map.of(
                "LOSS",
                "loss-curve",
                "VALIDATION",
                "loss-curve",
                "METRICS",
                "loss-curve",
                "LEARNING_RATE",
                "loss-curve",
                "GRADIENTS",
                "gradients",
                "WEIGHTS",
                "weights");
        String job = one.get("id").stringValue();
        for (String kind : List.of("LOSS", "VALIDATION", "METRICS", "LEARNING_RATE", "GRADIENTS", "WEIGHTS")) {
            String record = "select sha256 from job_record where kind = '" + kind + "' and job_id = '";
            kinds.add(new Stored(
                    kind.toLowerCase(Locale.ROOT),
                    text(data, record + job + "'"),
                    text(data, record + two.get("id").stringValue() + "'"),
                    () -> get(api, "/training-jobs/" + job + "/" + series.get(kind))));
        }
        return kinds;
    }

    private static String submit(Http api, String dataset, int seed) {
        return api.post("/training-jobs", JOB.formatted(dataset, seed), 202)
                .get("id")
                .stringValue();
    }

    /// An IDX pair of 200 rows of four numbers and a label.
    private static String upload(Http api, String name, int seed) {
        var random = new Random(seed);
        byte[] images = new byte[200 * 4];
        random.nextBytes(images);
        byte[] labels = new byte[200];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) random.nextInt(3);
        }
        byte[] form = new Form()
                .file("file", name + ".idx", idx(images, 200, 4))
                .file("labels", name + "-labels.idx", idx(labels, 200))
                .field("name", name)
                .bytes();
        return api.post("/datasets", Form.TYPE, HttpRequest.BodyPublishers.ofByteArray(form), 201)
                .get("id")
                .stringValue();
    }

    private static byte[] idx(byte[] values, int... dimensions) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 8, (byte) dimensions.length});
        for (int dimension : dimensions) {
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(dimension).array());
        }
        bytes.writeBytes(values);
        return bytes.toByteArray();
    }

    static JsonNode awaitEnd(Http api, String job) {
        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> api.get("/training-jobs/" + job),
                        state -> !state.get("finishedAt").isNull());
        return ended;
    }

    private static HttpResponse<byte[]> get(Http api, String path) {
        try {
            return api.any(HttpRequest.newBuilder().GET(), path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<byte[]> post(Http api, String path, String body) {
        try {
            return api.any(
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body)),
                    path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isDataCorrupt(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body()).get("type").stringValue().endsWith("/data-corrupt");
    }

    static void write(Path file, Damage damage) throws IOException {
        if (damage.content() == null) {
            Files.delete(file);
        } else {
            Files.write(file, damage.content());
        }
    }

    static Path blob(Path data, String sha256) {
        return data.resolve("blobs/sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private static String text(Path data, String query) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("db/descent.db"));
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).as(query).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
