package dev.descent.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.KeyedService;
import dev.descent.training.JobClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operation of the description, with every body and answer it names, asked by a stranger: what belongs to
/// somebody else is answered as what does not exist.
///
/// Each cell asks twice, for an id that is `ada`'s and for one that is nobody's. So that no cell is empty, `ada` asks
/// the same, and is not told that nothing is there.
@KeyedService
class TenantMatrixTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String API = "/api/v1";
    private static final String NOBODYS = "00000000000000000000000000";
    private static final String DIVERGING =
            "{\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}, \"onDivergence\": \"fail\"}";

    @LocalServerPort
    private int port;

    private Client ada;
    private Client bob;
    private JsonNode description;

    /// One way to ask for an operation; `accept` and `contentType` are empty where nothing is said.
    private record Cell(String method, String path, String accept, String contentType, String body) {

        /// A lesson's runs are jobs.
        String collection() {
            return path.startsWith(API + "/lessons")
                    ? API + "/training-jobs"
                    : path.substring(0, path.indexOf("/{id}"));
        }

        Answer ask(Client client, String id) {
            String address =
                    path.replace("{id}", id).replace("{lesson}", "parabola").replaceAll("\\{[a-z]+}", "0");
            String[] headers = accept.isEmpty() ? new String[0] : new String[] {"Accept", accept};
            if (method.equals("POST")) {
                return client.post(address, contentType, BodyPublishers.ofString(body), headers);
            }
            return client.send(method, address, headers);
        }

        @Override
        public String toString() {
            return method + " " + path + " " + contentType + (accept.isEmpty() ? "" : " as " + accept);
        }
    }

    @BeforeEach
    void readDescription() {
        var anybody = new Client(port);
        description = JSON.readTree(anybody.get("/v3/api-docs").body());
        ada = anybody.as("key-of-ada");
        bob = anybody.as("key-of-bob");
    }

    @TestFactory
    Stream<DynamicTest> whatIsAnothersIsAsUnknown() {
        Map<String, List<String>> owned = furnish();
        List<Cell> cells = cells().stream()
                .filter(cell -> cell.path().contains("{id}"))
                .sorted(Comparator.comparing((Cell cell) -> cell.method().equals("DELETE")))
                .toList();
        assertThat(cells).hasSizeGreaterThan(25);
        return cells.stream()
                .map(cell -> dynamicTest(cell.toString(), () -> {
                    List<String> ids = owned.get(cell.collection());
                    assertThat(ids)
                            .as("things of ada's in " + cell.collection())
                            .isNotEmpty();
                    for (String id : ids) {
                        assertSame(cell, bob, id);
                    }
                    String last = ids.getLast();
                    assertThat(List.of(
                                    cell.ask(ada, ids.getFirst()).status(),
                                    cell.ask(ada, last).status()))
                            .as("what ada is told herself")
                            .anyMatch(status -> status < 400 || status == 409);
                }));
    }

    @TestFactory
    Stream<DynamicTest> nobodyGetsInWithoutAKey() {
        String existing = new JobClient(port, ada).parabola(4);
        var anybody = new Client(port);
        Map<String, Client> strangers = new TreeMap<>(Map.of("no key", anybody, "wrong key", anybody.as("guess")));
        return cells().stream()
                .flatMap(cell -> strangers.entrySet().stream()
                        .map(stranger -> dynamicTest(stranger.getKey() + ": " + cell, () -> {
                            Answer answer = assertSame(cell, stranger.getValue(), existing);
                            assertThat(answer.status()).isEqualTo(401);
                            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                        })));
    }

    @Test
    void listsShowOnlyWhatIsOnesOwn() {
        Map<String, List<String>> owned = furnish();

        owned.forEach((collection, ids) -> {
            assertThat(ada.get(collection + "?limit=500").body()).contains(ids);
            assertThat(bob.get(collection + "?limit=500").body()).doesNotContain(ids.toArray(String[]::new));
        });
    }

    @Test
    void nothingIsMadeOfWhatIsAnothers() {
        Map<String, List<String>> owned = furnish();
        String data = owned.get(API + "/datasets").getFirst();
        String network = owned.get(API + "/networks").getFirst();
        var bobs = new JobClient(port, bob);
        String own = bobs.parabola(8);
        String model = bobs.run(JobClient.request(own)).get("modelId").stringValue();

        assertReferredAlike(data, id -> bobs.post(JobClient.request(id)));
        assertReferredAlike(
                network,
                id -> bobs.post(JobClient.request(own, "{\"network\": \"-\", \"networkId\": \"" + id + "\"}")));
        assertReferredAlike(
                data, id -> bob.post(API + "/models/" + model + "/evaluations", "{\"datasetId\": \"" + id + "\"}"));
    }

    @Test
    void nameMeansTheDatasetOfWhoAsks() {
        var bobs = new JobClient(port, bob);
        String own = bobs.parabola(8);
        new JobClient(port, ada).parabola(16);

        JsonNode job = bobs.get(bobs.submit(JobClient.request("parabola")));

        assertThat(job.at("/spec/datasetId").stringValue()).isEqualTo(own);
    }

    @Test
    void equalUploadsAreDatasetsOfTheirOwn() {
        String csv = "a,b\n1,2\n3,4\n";
        Answer adas = ada.post(API + "/datasets", "text/csv", csv);
        Answer bobs = bob.post(API + "/datasets", "text/csv", csv);
        assertThat(hidden(bobs)).isEqualTo(hidden(adas));

        String kept = bobs.json().get("id").stringValue();
        assertThat(ada.delete(API + "/datasets/" + adas.json().get("id").stringValue())
                        .status())
                .isEqualTo(204);
        assertThat(bob.get(API + "/datasets/" + kept + "/content").body()).isEqualTo(csv);
    }

    @Test
    void anothersJobIsNotCompared() {
        var bobs = new JobClient(port, bob);
        String own = bobs.run(JobClient.request(bobs.parabola(8))).get("id").stringValue();
        String adas = furnish().get(API + "/training-jobs").getFirst();
        for (String accept : List.of("application/json", "text/csv")) {
            Answer foreign = bob.get(API + "/training-jobs/compare?ids=" + own + "," + adas, "Accept", accept);
            Answer none = bob.get(API + "/training-jobs/compare?ids=" + own + "," + unknown(adas), "Accept", accept);
            assertThat(foreign.status()).as(foreign.body()).isEqualTo(404);
            assertThat(hidden(foreign)).isEqualTo(hidden(none));
        }
    }

    private void assertReferredAlike(String id, Function<String, Answer> ask) {
        String unknown = unknown(id);
        Answer foreign = ask.apply(id);
        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.errors()).startsWith("reference-not-found");
        assertThat(hidden(foreign)).isEqualTo(hidden(ask.apply(unknown)));
    }

    private static Answer assertSame(Cell cell, Client stranger, String id) {
        Answer existing = cell.ask(stranger, id);
        Answer unknown = cell.ask(stranger, unknown(id));
        assertThat(existing.status()).as(existing.body()).isIn(401, 404);
        assertThat(hidden(existing)).isEqualTo(hidden(unknown));
        return existing;
    }

    /// An id of the same kind that nothing has.
    private static String unknown(String id) {
        return id.substring(0, id.indexOf('_') + 1) + NOBODYS;
    }

    /// Everything of an answer that a stranger could compare, without what is new in every answer.
    private static String hidden(Answer answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet()
                .removeIf(name -> List.of("date", "x-request-id", "connection").contains(name));
        return (answer.status() + " " + headers + " " + answer.body())
                .replaceAll("(ds|net|job|mdl|exp)_[0-9a-z]{26}", "$1_id")
                .replaceAll("\"(instance|traceId|createdAt)\":\"[^\"]*\"", "\"$1\":\"\"");
    }

    /// Makes `ada` the owner of everything there is, and says what, by its address.
    private Map<String, List<String>> furnish() {
        var jobs = new JobClient(port, ada);
        String data = jobs.parabola(8);
        String network = ada.post(API + "/networks", example(description.at("/paths/~1api~1v1~1networks/post")))
                .json()
                .get("id")
                .stringValue();
        String record = "\"record\": {\"gradients\": {\"what\": \"norms\", \"every\": 1}, "
                + "\"weights\": {\"what\": \"norms\", \"every\": 1}, "
                + "\"activations\": {\"what\": \"norms\", \"every\": 1}}";
        JsonNode succeeded = jobs.run(JobClient.request(data, "{" + record + "}"));
        String diverged = jobs.submit(JobClient.request(data, DIVERGING));
        jobs.awaitState(diverged, "FAILED");
        String experiment = ada.post(
                        API + "/experiments", example(description.at("/paths/~1api~1v1~1experiments/post")))
                .json()
                .get("id")
                .stringValue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ada.get(API + "/experiments/" + experiment)
                        .json()
                        .get("state")
                        .stringValue()
                        .equals("ENDED"));
        return Map.of(
                API + "/experiments",
                List.of(experiment),
                API + "/datasets",
                List.of(data),
                API + "/networks",
                List.of(network),
                API + "/models",
                List.of(succeeded.get("modelId").stringValue()),
                API + "/training-jobs",
                List.of(succeeded.get("id").stringValue(), diverged));
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        description
                .get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (path.startsWith(API)) {
                        cells.addAll(cells(method.toUpperCase(Locale.ROOT), path, operation));
                    }
                }));
        return cells;
    }

    private static List<Cell> cells(String method, String path, JsonNode operation) {
        List<Cell> cells = new ArrayList<>();
        JsonNode bodies = operation.at("/requestBody/content");
        if (bodies.isMissingNode()) {
            List<String> answers =
                    new ArrayList<>(operation.at("/responses/200/content").propertyNames());
            (answers.isEmpty() ? List.of("") : answers)
                    .forEach(accept -> cells.add(new Cell(method, path, accept, "", "")));
        }
        bodies.forEachEntry((type, content) -> cells.add(new Cell(method, path, "", type, example(operation, type))));
        return cells;
    }

    private static String example(JsonNode operation) {
        return example(operation, "application/json");
    }

    private static String example(JsonNode operation, String type) {
        JsonNode content = operation.at("/requestBody/content").get(type);
        JsonNode example = content.at("/example");
        for (JsonNode named : content.path("examples")) {
            example = named.get("value");
        }
        return example.isMissingNode() ? "" : example.isString() ? example.stringValue() : example.toString();
    }
}
