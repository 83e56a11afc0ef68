package dev.descent.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.Client;
import dev.descent.Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DatasetsApiTest {

    private static final String DATASETS = "/api/v1/datasets";

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("descent.data-directory", directory::toString);
    }

    /// Jobs that need any dataset, as far as the service knows.
    private static final List<String> JOBS = new CopyOnWriteArrayList<>();

    @TestConfiguration
    static class Uses {
        @Bean
        DatasetUse pretendedJobs() {
            return datasetId -> List.copyOf(JOBS);
        }
    }

    private final Client client;

    @Autowired
    DatasetsApiTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    @AfterEach
    void leaveNothingBehind() {
        JOBS.clear();
        for (JsonNode dataset : client.get(DATASETS + "?limit=500").json().get("data")) {
            assertThat(client.delete(DATASETS + "/" + dataset.get("id").stringValue())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(files("tmp")).isEmpty();
        assertThat(files("blobs")).isEmpty();
    }

    private static List<Path> files(String part) {
        try (Stream<Path> files = Files.walk(directory.resolve(part))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer upload(String query, String csv) {
        return client.post(DATASETS + query, "text/csv", csv);
    }

    private Answer form(String parts) {
        return client.post(DATASETS, "multipart/form-data; boundary=B", (parts + "--B--\n").replace("\n", "\r\n"));
    }

    private static String part(String disposition, String content) {
        return "--B\nContent-Disposition: form-data; " + disposition + "\n\n" + content + "\n";
    }

    private static String id(Answer created) {
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("id").stringValue();
    }

    @Test
    void repeatedUploadWithOneKeyIsKeptOnce() {
        String[] key = {"Idempotency-Key", "upload-" + System.nanoTime()};
        Answer first = client.post(DATASETS + "?name=once", "text/csv", "a,b\n1,2\n", key);
        Answer second = client.post(DATASETS + "?name=once", "text/csv", "a,b\n1,2\n", key);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(client.get(DATASETS + "?q=once").json().get("data").size()).isEqualTo(1);

        Answer other = client.post(DATASETS + "?name=once", "text/csv", "a,b\n1,3\n", key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        String id = first.json().get("id").stringValue();
        assertThat(client.get(DATASETS + "/" + id + "/rows").status()).isEqualTo(200);
    }

    @Test
    void repeatedGenerationWithOneKeyIsKeptOnce() {
        String[] key = {"Idempotency-Key", "generate-" + System.nanoTime()};
        String body = "{\"generator\": \"xor\", \"name\": \"made once\", \"rows\": 12}";
        Answer first = client.post(DATASETS + "/generate", "application/json", body, key);
        Answer second = client.post(DATASETS + "/generate", "application/json", body, key);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(client.get(DATASETS + "?q=made%20once").json().get("data").size())
                .isEqualTo(1);
    }

    @Test
    void generatedParabolaIsTheLectures() {
        Answer created = client.post(DATASETS + "/generate", "{\"generator\": \"parabola\"}");
        String id = id(created);
        assertThat(id).matches("ds_[0-9a-z]{26}");
        assertThat(created.header("Location")).isEqualTo(DATASETS + "/" + id);
        JsonNode dataset = created.json();
        assertThat(dataset.get("name").stringValue()).isEqualTo("parabola");
        assertThat(dataset.get("rows").intValue()).isEqualTo(100);
        assertThat(dataset.at("/columns/1/name").stringValue()).isEqualTo("x");
        assertThat(dataset.at("/columns/1/type").stringValue()).isEqualTo("numeric");
        assertThat(dataset.at("/columns/1/minimum").doubleValue()).isEqualTo(-10);
        assertThat(dataset.at("/columns/1/distinct").intValue()).isEqualTo(100);
        assertThat(dataset.at("/warnings/0/code").stringValue()).isEqualTo("constant-column");
        assertThat(dataset.at("/source/kind").stringValue()).isEqualTo("generator");
        assertThat(dataset.at("/source/generator").toString())
                .isEqualTo("{\"type\":\"parabola\",\"rows\":100,\"noise\":0.1,\"seed\":100}");
        assertThat(client.get(DATASETS + "/" + id).json()).isEqualTo(dataset);

        JsonNode rows = client.get(DATASETS + "/" + id + "/rows?limit=2").json();
        assertThat(rows.toString())
                .isEqualTo("{\"offset\":0,\"total\":100,\"columns\":[\"one\",\"x\",\"y\"],"
                        + "\"rows\":[[1,-10,99.82502345269452],[1,-9.797979797979798,96.03467616195299]]}");
        assertThat(client.get(DATASETS + "/" + id + "/rows").json().get("rows")).hasSize(50);
    }

    @Test
    void contentOfAGeneratedDatasetIsItsTableAsCsv() {
        JsonNode dataset = client.post(
                        DATASETS + "/generate", "{\"generator\": \"xor\", \"name\": \"corners\", \"rows\": 8}")
                .json();
        String path = DATASETS + "/" + dataset.get("id").stringValue();
        Answer content = client.get(path + "/content");
        assertThat(content.header("Content-Disposition")).contains("corners.csv");
        assertThat(content.header("Content-Type")).startsWith("text/csv");
        Answer again = upload("", content.body());
        assertThat(again.json().get("sha256")).isEqualTo(dataset.get("sha256"));
        assertThat(client.get(path + "/rows", "Accept", "text/csv").body()).isEqualTo(content.body());
    }

    @Test
    void uploadComesBackAsItWas() {
        String csv = "\ufeffname;size\r\n\"a;b\";1,50\r\n=1+1;\r\n";
        Answer created = upload("?name=Mine&delimiter=%3B&decimal=,", csv);
        String path = DATASETS + "/" + id(created);
        JsonNode dataset = created.json();
        assertThat(dataset.get("name").stringValue()).isEqualTo("Mine");
        assertThat(dataset.get("bytes").intValue()).isEqualTo(csv.getBytes(UTF_8).length);
        assertThat(dataset.at("/columns/0/name").stringValue()).isEqualTo("name");
        assertThat(dataset.at("/columns/0/categories").toString()).isEqualTo("[\"=1+1\",\"a;b\"]");
        assertThat(dataset.at("/columns/1/missing").intValue()).isEqualTo(1);
        assertThat(dataset.at("/columns/1/standardDeviation").isNull()).isTrue();
        Answer content = client.get(path + "/content");
        assertThat(content.body()).isEqualTo(csv);
        assertThat(content.header("ETag"))
                .isEqualTo("\"" + dataset.get("contentSha256").stringValue() + "\"");
        assertThat(client.get(path + "/rows").json().get("rows").toString())
                .isEqualTo("[[\"a;b\",1.5],[\"=1+1\",null]]");
        assertThat(client.get(path + "/rows", "Accept", "text/csv").body()).isEqualTo("name,size\na;b,1.5\n'=1+1,\n");
        assertThat(client.get(path + "/rows?offset=1&limit=5", "Accept", "text/csv")
                        .body())
                .isEqualTo("name,size\n'=1+1,\n");
    }

    @Test
    void tablesThatAreEqualHaveOneHashHoweverTheyWereWritten() {
        JsonNode unix = upload("", "x,y\n1,a\n2,b\n").json();
        JsonNode windows = upload("", "x,y\r\n1.0,\"a\"\r\n2,b").json();
        JsonNode other = upload("", "x,y\n1,a\n2,c\n").json();
        assertThat(windows.get("sha256")).isEqualTo(unix.get("sha256"));
        assertThat(windows.get("contentSha256")).isNotEqualTo(unix.get("contentSha256"));
        assertThat(other.get("sha256")).isNotEqualTo(unix.get("sha256"));
    }

    @Test
    void equalUploadsShareTheirFiles() throws Exception {
        List<String> ids = new CopyOnWriteArrayList<>();
        List<Thread> clients = IntStream.range(0, 12)
                .mapToObj(i -> Thread.startVirtualThread(() -> ids.add(id(upload("", "x,y\n1,2\n3,4\n")))))
                .toList();
        for (Thread thread : clients) {
            thread.join();
        }
        assertThat(ids).doesNotHaveDuplicates().hasSize(12);
        assertThat(files("blobs")).hasSize(2);
        for (String id : ids.subList(1, 12)) {
            assertThat(client.delete(DATASETS + "/" + id).status()).isEqualTo(204);
        }
        assertThat(client.get(DATASETS + "/" + ids.getFirst() + "/content").body())
                .isEqualTo("x,y\n1,2\n3,4\n");
        assertThat(client.get(DATASETS + "/" + ids.getFirst() + "/rows").status())
                .isEqualTo(200);
    }

    @Test
    void formIsReadWithItsFields() {
        Answer created = form(part("name=\"delimiter\"", ";")
                + part("name=\"name\"", "Große Tabelle")
                + part("name=\"file\"; filename=\"t.csv\"", "x;y\n1;2"));
        assertThat(id(created)).isNotEmpty();
        assertThat(created.json().get("name").stringValue()).isEqualTo("Große Tabelle");
        assertThat(created.json().at("/source/filename").stringValue()).isEqualTo("t.csv");
        assertThat(created.json().at("/columns/1/name").stringValue()).isEqualTo("y");
    }

    /// Hostile file names become labels: no such path is opened, no header is broken.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../etc/passwd.csv | passwd.csv | passwd",
                "C:/x | x | x",
                "C:\\\\x | x | x",
                "a%00.csv | a%00.csv | a%00",
                "a'b.csv | a'b.csv | a'b",
                "\\\"quoted\\\".csv | \"quoted\".csv | \"quoted\"",
                "\ud83d\ude00.csv | \ud83d\ude00.csv | \ud83d\ude00",
                ".csv | .csv | .csv"
            })
    void fileNameIsOnlyALabel(String sent, String filename, String name) {
        Answer created = form(part("name=\"file\"; filename=\"" + sent + "\"", "x,y\n1,2"));
        String id = id(created);
        assertThat(created.json().at("/source/filename").stringValue()).isEqualTo(filename);
        assertThat(created.json().get("name").stringValue()).isEqualTo(name);
        Answer content = client.get(DATASETS + "/" + id + "/content");
        assertThat(content.status()).isEqualTo(200);
        assertThat(content.header("Content-Disposition"))
                .startsWith("attachment; ")
                .matches("[\\x20-\\x7e]*");
    }

    @Test
    void longFileNameIsCut() {
        Answer created = form(part("name=\"file\"; filename=\"" + "n".repeat(4000) + ".csv\"", "x,y\n1,2"));
        assertThat(id(created)).isNotEmpty();
        assertThat(created.json().at("/source/filename").stringValue()).hasSize(255);
        assertThat(created.json().get("name").stringValue()).hasSize(100);
    }

    @Test
    void previewSaysWhatAnUploadWouldBecomeAndKeepsNothing() {
        Answer preview = client.post(DATASETS + "/preview?types=x:categorical", "text/csv", "x,y\n1,2\n3,4\n");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json().get("rows").intValue()).isEqualTo(2);
        assertThat(preview.json().at("/columns/0/categories").toString()).isEqualTo("[\"1\",\"3\"]");
        assertThat(client.get(DATASETS).json().get("data")).isEmpty();
        assertThat(files("blobs")).isEmpty();
    }

    @Test
    void listIsPagedNewestFirstAndFilteredByName() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("one", "two", "Three", "other")) {
            ids.add(id(upload("?name=" + name, "x,y\n1,2\n")));
        }
        JsonNode first = client.get(DATASETS + "?limit=3&q=O").json();
        assertThat(first.get("data").findValuesAsString("id")).containsExactly(ids.get(3), ids.get(1), ids.get(0));
        JsonNode page = client.get(DATASETS + "?limit=3").json();
        JsonNode rest = client.get(
                        DATASETS + "?limit=3&after=" + page.get("nextCursor").stringValue())
                .json();
        assertThat(rest.get("data").findValuesAsString("id")).containsExactly(ids.get(0));
        assertThat(rest.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void datasetThatAJobNeedsIsNotDeleted() {
        String path = DATASETS + "/" + id(upload("", "x,y\n1,2\n"));
        JOBS.add("job_1");
        Answer refused = client.delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("resource-in-use");
        assertThat(refused.json().get("detail").stringValue()).contains("job_1");
        assertThat(client.get(path + "/content").status()).isEqualTo(200);
        JOBS.clear();
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/rows", "/content"})
    void unknownDatasetIsNotFound(String what) {
        for (String id : List.of("ds_00000000000000000000000000", "abc", "1'%20OR%20'1'='1")) {
            Answer answer = client.get(DATASETS + "/" + id + what);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "offset=-1, 422, ?offset",
        "limit=0, 422, ?limit",
        "limit=10001, 422, ?limit",
        "limit=abc, 400, ?limit",
        "offset=1.5, 400, ?offset"
    })
    void rowsOutOfRangeAreRefused(String query, int status, String pointer) {
        Answer answer = client.get(DATASETS + "/" + id(upload("", "x,y\n1,2\n")) + "/rows?" + query);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"generator\": \"parabel\"} | 422 | unknown-variant /generator",
                "{\"generator\": \"xor\", \"rows\": 0} | 422 | out-of-range /rows",
                "{\"generator\": \"xor\", \"noise\": -1} | 422 | out-of-range /noise",
                "{\"generator\": \"xor\", \"seed\": -1} | 422 | out-of-range /seed",
                "{\"generator\": \"xor\", \"classes\": 2} | 422 | not-applicable /classes",
                "{\"generator\": \"spiral\", \"classes\": 1} | 422 | out-of-range /classes",
                "{\"generator\": \"xor\", \"name\": \"\"} | 422 | invalid-name /name",
                "{\"generator\": \"xor\", \"row\": 5} | 422 | unknown-property /row",
                "{\"rows\": 5} | 422 | required /generator"
            })
    void generatorOutOfRangeIsRefused(String body, int status, String errors) {
        Answer answer = client.post(DATASETS + "/generate", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.errors()).isEqualTo(errors);
    }

    @Test
    void bytesAreReadAsTheyAre() {
        var body = BodyPublishers.ofByteArrays(List.of("x,y\n1,".getBytes(UTF_8), "2\n".getBytes(UTF_8)));
        assertThat(id(client.post(DATASETS, "text/csv; charset=UTF-8", body))).isNotEmpty();
    }
}
