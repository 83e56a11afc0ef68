package dev.descent.dataset;

import static dev.descent.core.data.ArrayBytes.gzip;
import static dev.descent.core.data.ArrayBytes.idx;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.data.ArrayBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Arrays and packed files, with labels beside them, through the API.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "descent.upload.maximum-bytes=1MB")
class ArrayUploadsTest {

    private static final String DATASETS = "/api/v1/datasets";
    private static final byte[] IMAGES = idx(new int[] {3, 2, 2}, 0, 255, 128, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    private static final byte[] LABELS = idx(new int[] {3}, 7, 1, 7);

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("descent.data-directory", directory::toString);
    }

    private final Client client;

    @Autowired
    ArrayUploadsTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    @AfterEach
    void leaveNothingBehind() {
        for (JsonNode dataset : client.get(DATASETS + "?limit=500").json().get("data")) {
            assertThat(client.delete(DATASETS + "/" + dataset.get("id").stringValue())
                            .status())
                    .isEqualTo(204);
        }
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        for (String part : List.of("tmp", "blobs")) {
            try (Stream<Path> files = Files.walk(directory.resolve(part))) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Answer post(String path, Form form) {
        return client.post(path, Form.TYPE, BodyPublishers.ofByteArray(form.bytes()));
    }

    private Answer post(byte[] file, byte[] labels) {
        return post(DATASETS, new Form().file("file", "images.gz", file).file("labels", "labels.gz", labels));
    }

    @Test
    void mnistsPairBecomesADatasetThatIsGivenBackAsItCame() throws IOException {
        byte[] images = gzip(IMAGES);
        byte[] labels = gzip(LABELS);
        Answer created = post(
                DATASETS,
                new Form()
                        .file("file", "train-images-idx3-ubyte.gz", images)
                        .file("labels", "train-labels-idx1-ubyte.gz", labels)
                        .field("name", "mnist"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        JsonNode dataset = created.json();
        assertThat(dataset.get("name").stringValue()).isEqualTo("mnist");
        assertThat(dataset.get("rows").intValue()).isEqualTo(3);
        assertThat(dataset.get("bytes").intValue()).isEqualTo(images.length + labels.length);
        assertThat(dataset.at("/columns/3/name").stringValue()).isEqualTo("x3");
        assertThat(dataset.at("/columns/0/maximum").intValue()).isEqualTo(6);
        assertThat(dataset.at("/columns/4/categories").valueStream().map(JsonNode::stringValue))
                .containsExactly("1", "7");
        assertThat(dataset.at("/source/form").stringValue()).isEqualTo("idx.gz");
        assertThat(dataset.at("/source/labels").stringValue()).isEqualTo("train-labels-idx1-ubyte.gz");

        String path = DATASETS + "/" + dataset.get("id").stringValue();
        assertThat(client.get(path).json()).isEqualTo(dataset);
        assertThat(client.get(path + "/rows").json().get("rows").toString())
                .isEqualTo("[[0,255,128,1,\"7\"],[2,3,4,5,\"1\"],[6,7,8,9,\"7\"]]");
        assertThat(client.get(path + "/content").header("ETag"))
                .contains(dataset.get("contentSha256").stringValue());
        assertThat(client.get(path + "/content").header("Content-Type")).isEqualTo("application/gzip");
        Answer second = client.get(path + "/content?part=labels");
        assertThat(second.header("ETag")).contains(dataset.get("labelsSha256").stringValue());
        assertThat(second.header("Content-Length")).isEqualTo(Integer.toString(labels.length));
        assertThat(client.get(path + "/content?part=other").status()).isEqualTo(422);
    }

    @Test
    void sameTableHasTheSameDigestHoweverItCame() throws IOException {
        String packed = sha256(post(gzip(IMAGES), gzip(LABELS)));
        assertThat(sha256(post(IMAGES, LABELS))).isEqualTo(packed);
        String csv = "x0,x1,x2,x3,label\n0,255,128,1,7\n2,3,4,5,1\n6,7,8,9,7\n";
        String types = "?types=label:categorical";
        assertThat(sha256(client.post(DATASETS + types, "text/csv", csv))).isEqualTo(packed);
        assertThat(sha256(client.post(
                        DATASETS + types, "application/gzip", BodyPublishers.ofByteArray(gzip(csv.getBytes(UTF_8))))))
                .isEqualTo(packed);
    }

    private static String sha256(Answer created) {
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("sha256").stringValue();
    }

    @Test
    void previewKeepsNothing() throws IOException {
        Answer preview = post(
                DATASETS + "/preview",
                new Form().file("file", "a", gzip(IMAGES)).file("labels", "b", gzip(LABELS)));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().get("columns")).hasSize(5);
        assertNothingIsLeft();
    }

    @Test
    void arraysMayComeAloneAndAsTheBody() {
        Answer labels = post(DATASETS, new Form().file("file", "labels", LABELS));
        assertThat(labels.json().at("/columns/0/name").stringValue()).isEqualTo("value");
        Answer images = client.post(DATASETS, "application/octet-stream", BodyPublishers.ofByteArray(IMAGES));
        assertThat(images.status()).as(images.body()).isEqualTo(201);
        assertThat(images.json().get("columns")).hasSize(4);
        String path = DATASETS + "/" + images.json().get("id").stringValue() + "/content";
        assertThat(client.get(path + "?part=labels").status()).isEqualTo(404);
        assertThat(client.get(path).header("Content-Type")).isEqualTo("application/octet-stream");
        byte[] npy = ArrayBytes.npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1), }", (byte) 3, (byte) 4);
        assertThat(post(DATASETS, new Form().file("file", "a.npy", npy))
                        .json()
                        .at("/source/form")
                        .stringValue())
                .isEqualTo("npy");
    }

    @Test
    void listShowsTheFirstHundredColumnsAndHowManyThereAre() {
        Answer wide = post(DATASETS, new Form().file("file", "wide", idx(new int[] {1, 300}, new int[300])));
        assertThat(wide.json().get("columns")).hasSize(300);
        JsonNode listed = client.get(DATASETS).json().at("/data/0");
        assertThat(listed.get("columns")).hasSize(100);
        assertThat(listed.get("columnCount").intValue()).isEqualTo(300);
    }

    @Test
    void whatIsWrongIsToldByItsPart() throws IOException {
        byte[] images = gzip(IMAGES);
        byte[] labels = gzip(LABELS);
        assertRefused(post(Arrays.copyOf(images, images.length - 1), labels), "truncated-gzip", "file");
        assertRefused(post(images, Arrays.copyOf(labels, labels.length - 9)), "truncated-gzip", "labels");
        assertRefused(post(images, Arrays.copyOf(labels, labels.length + 1)), "trailing-data", "labels");
        assertRefused(post(images, gzip(Arrays.copyOf(LABELS, LABELS.length + 1))), "trailing-data", "labels");
        assertRefused(post(gzip(Arrays.copyOf(IMAGES, IMAGES.length - 1)), labels), "truncated", "file");
        assertRefused(post(images, gzip(idx(new int[] {2}, 7, 1))), "row-mismatch", "labels");
        assertRefused(post(labels, images), "labels-shape", "labels");
        assertRefused(post(images, "7\n1\n7\n".getBytes(UTF_8)), "not-an-array", "labels");
        assertRefused(post(images, new byte[0]), "not-an-array", "labels");
        assertRefused(post("x\n1\n2\n3\n".getBytes(UTF_8), labels), "labels-without-array", "labels");
        assertRefused(post(gzip(images), labels), "labels-without-array", "labels");
        assertNothingIsLeft();
    }

    private static void assertRefused(Answer answer, String code, String part) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("dataset-invalid");
        assertThat(answer.errors()).isEqualTo(code + " " + part);
        assertThat(answer.json().get("detail").stringValue()).startsWith(part + ": ");
    }

    @Test
    void bombsAreRefusedAtTheLimit() throws IOException {
        byte[] bomb = gzip("1,2\n".repeat(300_000).getBytes(UTF_8));
        assertThat(bomb.length).isLessThan(10_000);
        Answer csv = post(DATASETS, new Form().file("file", "a.csv", bomb));
        assertThat(csv.status()).as(csv.body()).isEqualTo(413);
        assertThat(csv.problem()).isEqualTo("too-large");
        byte[] array = gzip(idx(0x08, new int[] {20_000, 64}, ByteBuffer.allocate(20_000 * 64)));
        assertThat(post(DATASETS, new Form().file("file", "a", array)).status()).isEqualTo(413);
        assertNothingIsLeft();
    }
}
