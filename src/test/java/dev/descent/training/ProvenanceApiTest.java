package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.Blobs;
import dev.descent.storage.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BootedService
class ProvenanceApiTest {

    private static final String EVERYTHING = """
            {"steps": 40, "seed": 3, "batches": {"type": "shuffled", "size": 7}, "split": {"validation": 0.2, "test": 0.1},
             "network": {"inputs": 2, "layers": [{"type": "dense", "units": 4, "activation": "tanh"}, "dropout",
                                                 {"type": "dense", "units": 1}]},
             "optimizer": {"type": "adam", "learningRate": 0.01}, "schedule": "cosine", "metrics": ["r2"],
             "record": {"gradients": {"what": "norms", "every": 5}, "weights": {"what": "values", "every": 10}}}
            """;

    private final JobClient jobs;
    private final JdbcClient database;
    private final Blobs blobs;

    @Autowired
    ProvenanceApiTest(@LocalServerPort int port, JdbcClient database, Blobs blobs) {
        jobs = new JobClient(port);
        this.database = database;
        this.blobs = blobs;
    }

    @Test
    void digestsCanBeTakenAgainFromWhatTheServiceAnswers() {
        String data = jobs.parabola(40);
        JsonNode job = jobs.run(JobClient.request(data, EVERYTHING));
        Answer answer = jobs.http.get(JOBS + "/" + id(job) + "/provenance");
        JsonNode provenance = answer.json();

        String body = answer.body();
        String spec = body.substring(body.indexOf("\"spec\":") + 7, body.indexOf(",\"specSha256\""));
        assertThat(text(provenance, "/specSha256")).isEqualTo(Sha256.of(spec));
        assertThat(provenance.get("spec")).isEqualTo(job.get("spec"));
        JsonNode dataset = jobs.http.get("/api/v1/datasets/" + data).json();
        assertThat(provenance.at("/data/tableSha256")).isEqualTo(dataset.get("sha256"));
        assertThat(provenance.at("/data/contentSha256")).isEqualTo(dataset.get("contentSha256"));
        assertThat(provenance.at("/data/name").stringValue()).isEqualTo("parabola");
        JsonNode layers =
                jobs.http.get(JOBS + "/" + id(job) + "/weights?to=0").json().get("layers");
        assertThat(text(provenance, "/initialWeightsSha256")).isEqualTo(digestOfRecorded(layers));
        JsonNode model = jobs.http
                .get("/api/v1/models/" + job.get("modelId").stringValue())
                .json();
        assertThat(provenance.get("weightsSha256")).isEqualTo(model.get("weightsSha256"));
        assertThat(provenance.get("modelId")).isEqualTo(job.get("modelId"));
        assertThat(provenance.get("attempts")).hasSize(1);
        JsonNode attempt = provenance.at("/attempts/0");
        assertThat(attempt.at("/beginning/java").stringValue())
                .isEqualTo(Runtime.version().toString());
        assertThat(attempt.at("/beginning/weightsSha256")).isEqualTo(provenance.get("initialWeightsSha256"));
        assertThat(attempt.at("/beginning/step").intValue()).isZero();
        assertThat(attempt.at("/end/step").intValue()).isEqualTo(40);
        assertThat(provenance.get("records").findValuesAsString("what"))
                .containsExactly("trainingLoss", "validationLoss", "learningRate", "metrics", "gradients", "weights");
        JsonNode checkpoints =
                jobs.http.get(JOBS + "/" + id(job) + "/checkpoints").json().get("data");
        assertThat(provenance.get("checkpoints").findValuesAsString("sha256"))
                .isEqualTo(checkpoints.findValuesAsString("sha256"));
    }

    @Test
    void splitIsDigestedPartByPart() {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(3)));
        var numbers = ByteBuffer.allocate(6 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : new int[] {3, 0, 1, 2, 0, 0}) {
            numbers.putInt(number);
        }
        assertThat(text(provenance(job), "/data/splitSha256"))
                .isEqualTo(HexFormat.of().formatHex(Sha256.start().digest(numbers.array())));
    }

    /// Of the weights before step 0, which the job recorded: W row by row, then b, of each layer.
    private static String digestOfRecorded(JsonNode layers) {
        var digest = Sha256.start();
        var number = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode layer : layers) {
            for (JsonNode row : layer.at("/weights/0")) {
                row.forEach(value ->
                        digest.update(number.putDouble(0, value.doubleValue()).array()));
            }
            layer.at("/biases/0")
                    .forEach(value -> digest.update(
                            number.putDouble(0, value.doubleValue()).array()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void repeatedJobHasTheSameBitsAndMakesNoSecondModel() {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(40), EVERYTHING));
        JsonNode repeated = jobs.awaitState(verify(job), "SUCCEEDED");

        assertEqual(repeated, job);
        assertThat(repeated.get("modelId").isNull()).isTrue();
        assertThat(repeated.get("message").stringValue()).startsWith("The same bits as job " + id(job));
        JsonNode listed = provenance(job).get("verifications");
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/jobId")).isEqualTo(repeated.get("id"));
        assertThat(listed.at("/0/equal").booleanValue()).isTrue();
        assertThat(text(provenance(repeated), "/origin/verificationOf")).isEqualTo(id(job));
        assertThat(provenance(repeated).get("weightsSha256"))
                .isEqualTo(provenance(job).get("weightsSha256"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"onDivergence\": {\"type\": \"restart\", \"divideBy\": 1000}, "
                        + "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 10}",
                "\"precision\": \"float32\", \"record\": {\"weights\": {\"what\": \"values\", \"every\": 1}}",
                "\"timeLimitSeconds\": 60, \"steps\": \"-\", \"epochs\": 50, \"split\": {\"validation\": 0.3}, "
                        + "\"earlyStopping\": {\"type\": \"validationLoss\", \"patience\": 2, \"restoreBest\": true}"
            })
    void whateverEndsARunEndsItAgain(String changes) {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(30), "{" + changes + "}"));
        assertEqual(jobs.awaitState(verify(job), "SUCCEEDED"), job);
    }

    @Test
    void forkIsRepeatedFromItsCheckpoint() {
        JsonNode parent = jobs.run(JobClient.request(jobs.parabola(40), EVERYTHING));
        Answer forked = jobs.http.post(JOBS + "/" + id(parent) + "/fork", "{\"steps\": 70}");
        JsonNode fork = jobs.awaitState(id(forked.json()), "SUCCEEDED");
        assertThat(jobs.http.delete(JOBS + "/" + id(parent)).status()).isEqualTo(204);

        JsonNode repeated = jobs.awaitState(verify(fork), "SUCCEEDED");

        assertEqual(repeated, fork);
        assertThat(repeated.get("forkedFrom")).isEqualTo(parent.get("id"));
        assertThat(provenance(repeated).at("/attempts/0/beginning/step").intValue())
                .isEqualTo(40);
    }

    @Test
    void divergedJobDivergesAgain() {
        String diverging = "{\"steps\": 500, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 10}}";
        JsonNode job = jobs.awaitState(jobs.submit(JobClient.request(jobs.parabola(20), diverging)), "FAILED");
        JsonNode repeated = jobs.awaitState(verify(job), "FAILED");
        assertThat(repeated.get("reason").stringValue()).isEqualTo("DIVERGED");
        assertEqual(repeated, job);
    }

    @Test
    void otherWeightsAreNamed() {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(20)));
        String digest = text(provenance(job), "/weightsSha256");
        String other = Sha256.of("other");
        database.sql("update attempt set ending = replace(ending, :digest, :other) where job_id = :job")
                .param("digest", digest)
                .param("other", other)
                .param("job", id(job))
                .update();

        JsonNode repeated = jobs.awaitState(verify(job), "FAILED");

        assertThat(repeated.get("reason").stringValue()).isEqualTo("NOT_REPRODUCED");
        JsonNode verification = repeated.get("verification");
        assertThat(verification.get("weightsEqual").booleanValue()).isFalse();
        assertThat(verification.get("lossCurveEqual").booleanValue()).isTrue();
        assertThat(text(verification, "/firstDifference/in")).isEqualTo("weightsSha256");
        assertThat(text(verification, "/firstDifference/expected")).isEqualTo(other);
        assertThat(text(verification, "/firstDifference/found")).isEqualTo(digest);
        assertThat(provenance(job).at("/verifications/0/equal").booleanValue()).isFalse();
    }

    @Test
    void firstLossThatDiffersIsNamed() throws IOException {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(20)));
        JsonNode losses =
                jobs.http.get(JOBS + "/" + id(job) + "/loss-curve").json().get("trainingLoss");
        record(job, "LOSS", bytes -> {
            bytes.putDouble(7 * Double.BYTES, 0.5);
            bytes.putDouble(9 * Double.BYTES, 0.5);
        });

        JsonNode repeated = jobs.awaitState(verify(job), "FAILED");

        assertThat(repeated.at("/verification/lossCurveEqual").booleanValue()).isFalse();
        assertThat(repeated.at("/verification/recordsEqual").booleanValue()).isTrue();
        assertThat(repeated.at("/verification/weightsEqual").booleanValue()).isTrue();
        JsonNode first = repeated.at("/verification/firstDifference");
        assertThat(text(first, "/in")).isEqualTo("trainingLoss");
        assertThat(first.get("step").intValue()).isEqualTo(7);
        assertThat(text(first, "/expected")).isEqualTo("0.5");
        assertThat(Double.parseDouble(text(first, "/found")))
                .isEqualTo(losses.get(7).doubleValue());
        assertThat(repeated.get("message").stringValue()).contains(id(job)).contains("trainingLoss of step 7 is 0.5");
    }

    @Test
    void earliestOfSeveralDifferencesIsTheFirst() throws IOException {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(40), EVERYTHING));
        record(job, "LOSS", bytes -> bytes.putDouble(31 * Double.BYTES, 0.5));
        record(job, "WEIGHTS", bytes -> bytes.putDouble(bytes.capacity() / 4 * 2 + 16, 0.5));

        JsonNode verification = jobs.awaitState(verify(job), "FAILED").get("verification");

        assertThat(verification.get("lossCurveEqual").booleanValue()).isFalse();
        assertThat(verification.get("recordsEqual").booleanValue()).isFalse();
        assertThat(text(verification, "/firstDifference/in")).isEqualTo("weights");
        assertThat(verification.at("/firstDifference/step").intValue()).isEqualTo(20);
        assertThat(text(verification, "/firstDifference/expected")).isEqualTo("0.5");
    }

    @Test
    void recordThatCannotBeReadIsNoRecord() {
        JsonNode job = jobs.run(JobClient.request(jobs.parabola(20)));
        database.sql("update job_record set sha256 = :other where job_id = :job and kind = 'LOSS'")
                .param("other", Sha256.of("nothing has this digest"))
                .param("job", id(job))
                .update();
        JsonNode verification = jobs.awaitState(verify(job), "FAILED").get("verification");
        assertThat(verification.get("lossCurveEqual").booleanValue()).isFalse();
        assertThat(text(verification, "/firstDifference/expected")).contains("is missing");
    }

    @Test
    void jobThatItsSpecAloneDidNotEndCannotBeRepeated() {
        String endless = "{\"steps\": 1000000000, \"record\": {\"loss\": {\"every\": 1000}}}";
        String running = jobs.submit(JobClient.request(jobs.parabola(10), endless));
        assertThat(jobs.http.post(JOBS + "/" + running + "/verify", "").body()).contains("wait until it has ended");
        jobs.cancel(running);
        jobs.awaitState(running, "CANCELLED");
        Answer refused = jobs.http.post(JOBS + "/" + running + "/verify", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("CANCELLED, USER");
    }

    private interface Change {
        void make(ByteBuffer bytes);
    }

    /// Lets a job have recorded something else.
    private void record(JsonNode job, String kind, Change change) throws IOException {
        String sha256 = database.sql("select sha256 from job_record where job_id = ? and kind = ?")
                .param(id(job))
                .param(kind)
                .query(String.class)
                .single();
        byte[] bytes = Files.readAllBytes(blobs.path(sha256));
        change.make(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        try (BlobWriter writer = blobs.open()) {
            writer.write(bytes);
            Blob changed = writer.commit();
            database.sql("update job_record set sha256 = ? where job_id = ? and kind = ?")
                    .param(changed.sha256())
                    .param(id(job))
                    .param(kind)
                    .update();
        }
    }

    private static void assertEqual(JsonNode repeated, JsonNode job) {
        assertThat(repeated.get("verification").toString())
                .isEqualTo(
                        "{\"of\":\"" + id(job)
                                + "\",\"weightsEqual\":true,\"lossCurveEqual\":true,\"recordsEqual\":true,\"firstDifference\":null}");
    }

    private String verify(JsonNode job) {
        Answer answer = jobs.http.post(JOBS + "/" + id(job) + "/verify", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().at("/verification/weightsEqual").isNull()).isTrue();
        String id = id(answer.json());
        assertThat(answer.header("Location")).endsWith(JOBS + "/" + id);
        return id;
    }

    private JsonNode provenance(JsonNode job) {
        return jobs.http.get(JOBS + "/" + id(job) + "/provenance").json();
    }

    private static String text(JsonNode node, String pointer) {
        return node.at(pointer).stringValue();
    }

    private static String id(JsonNode resource) {
        return resource.get("id").stringValue();
    }
}
