package dev.descent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class NetworksApiTest {

    private static final String NETWORKS = "/api/v1/networks";

    private final Client client;

    NetworksApiTest(@LocalServerPort int port) {
        client = new Client(port);
    }

    @Test
    void describedNetworkIsFoundWithEveryDefaultFilledIn() {
        Answer created = client.post(NETWORKS, NetworkExamples.PARABOLA);
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().get("id").stringValue();
        assertThat(id).matches("net_[0-9a-z]{26}");
        assertThat(created.header("Location")).isEqualTo(NETWORKS + "/" + id);
        assertThat(created.json().get("parameters").longValue()).isEqualTo(12);
        assertThat(created.json().get("warnings")).isEmpty();

        Answer found = client.get(created.header("Location"));
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json()).isEqualTo(created.json());
        JsonNode last = found.json().get("layers").get(1);
        assertThat(last.get("activation").stringValue()).isEqualTo("identity");
        assertThat(last.get("biasInitializer").stringValue()).isEqualTo("zeros");
    }

    @Test
    void repeatedRequestWithOneKeyCreatesOnce() {
        String[] key = {"Idempotency-Key", "network-" + System.nanoTime()};
        Answer first = client.post(NETWORKS, "application/json", NetworkExamples.PARABOLA, key);
        Answer second = client.post(NETWORKS, "application/json", NetworkExamples.PARABOLA, key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        Answer other = client.post(NETWORKS, "application/json", NetworkExamples.PARABOLA.replace("4", "5"), key);
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void listIsPagedNewestFirstAndFilteredByName() {
        List<String> made = new ArrayList<>();
        for (String name : List.of("Paged one", "paged TWO", "paged Three", "other")) {
            made.add(create("\"name\":\"" + name + "\", \"inputs\":1, \"layers\":[{\"type\":\"dense\",\"units\":1}]"));
        }
        JsonNode first = client.get(NETWORKS + "?q=PAGED&limit=2").json();
        assertThat(ids(first)).containsExactly(made.get(2), made.get(1));
        JsonNode second = client.get(NETWORKS + "?q=PAGED&limit=2&after="
                        + first.get("nextCursor").stringValue())
                .json();
        assertThat(ids(second)).containsExactly(made.get(0));
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(ids(client.get(NETWORKS + "?limit=1").json())).containsExactly(made.get(3));
    }

    @Test
    void analysisAnswersTheLecturesQuestions() {
        JsonNode golden = Golden.read("small.json").get("weightCount");
        StringBuilder layers = new StringBuilder();
        for (JsonNode units : golden.get("layers")) {
            layers.append(layers.isEmpty() ? "" : ",")
                    .append("{\"type\":\"dense\",\"units\":" + units + ",\"weightInitializer\":\"heNormal\"}");
        }
        String id = create("\"inputs\":" + golden.get("inputs") + ", \"layers\":[" + layers + "]");
        JsonNode analysis = client.get(NETWORKS + "/" + id + "/analysis").json();
        assertThat(analysis.get("weights")).isEqualTo(golden.get("withoutBiases"));
        assertThat(analysis.get("parameters")).isEqualTo(golden.get("withBiases"));
        assertThat(analysis.get("multiplyAdds").toString()).isEqualTo("{\"forward\":38,\"backward\":58}");
        assertThat(analysis.get("memory").get("float32").get("parameters").longValue())
                .isEqualTo(47 * 4);
        JsonNode first = analysis.get("layers").get(0);
        assertThat(first.get("weightShape").toString()).isEqualTo("[3,6]");
        assertThat(first.get("biasShape").toString()).isEqualTo("[3]");
        assertThat(first.get("expected").get("preActivationVariance").doubleValue())
                .isEqualTo(2);
        assertThat(first.get("expectedGradient").get("deltaMeanSquare").doubleValue())
                .isPositive();
        assertThat(analysis.get("seconds").get("training").isNull()).isTrue();
    }

    @Test
    void estimatedSecondsGrowWithRowsAndEpochs() {
        String path =
                NETWORKS + "/" + create("\"inputs\":64, \"layers\":[{\"type\":\"dense\",\"units\":64}]") + "/analysis";
        JsonNode once = client.get(path + "?rows=1000&batchSize=100").json().get("seconds");
        JsonNode often =
                client.get(path + "?rows=1000&batchSize=100&epochs=7").json().get("seconds");
        double step = once.get("step").doubleValue();
        assertThat(step).isBetween(1e-8, 1.0);
        assertThat(once.get("training").doubleValue()).isEqualTo(10 * step);
        assertThat(often.get("training").doubleValue()).isEqualTo(70 * step, within(1e-9 * step));
        assertThat(client.get(path + "?rows=0").errors()).isEqualTo("out-of-range ?rows");
    }

    @Test
    void everyWarningAndRuleHasItsPlaceInTheDocument() throws IOException {
        String document = Files.readString(Path.of("docs/network-analysis.md"));
        for (String code : List.of(
                "symmetric-start",
                "signal-vanishes",
                "signal-explodes",
                "gradient-vanishes",
                "gradient-explodes",
                "softmax-output",
                "dropout-before-normalization",
                "rows-per-parameter",
                "initializer",
                "hidden-units")) {
            assertThat(document).contains("<a id=\"" + code + "\"></a>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "${jndi:ldap://x}", "'; DROP TABLE network; --", "\u202Egnp"})
    void nameIsOnlyEverText(String name) {
        String id = create("\"name\":\"" + name + "\",\"inputs\":1,\"layers\":[{\"type\":\"dense\",\"units\":1}]");
        Answer found = client.get(NETWORKS + "/" + id);
        assertThat(found.json().get("name").stringValue()).isEqualTo(name);
        assertThat(found.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void softmaxOutputIsTakenWithAWarning() {
        Answer created = client.post(
                NETWORKS, "{\"inputs\":2,\"layers\":[{\"type\":\"dense\",\"units\":3,\"activation\":\"softmax\"}]}");
        assertThat(created.status()).isEqualTo(201);
        JsonNode warning = created.json().get("warnings").get(0);
        assertThat(warning.get("code").stringValue()).isEqualTo("softmax-output");
        assertThat(warning.get("pointer").stringValue()).isEqualTo("/layers/0/activation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"normal\",\"standardDeviation\":0}",
                "\"zeros\"",
                "{\"type\":\"constant\",\"value\":0.5}"
            })
    void equalUnitsAreTakenWithAWarning(String initializer) {
        Answer created = client.post(
                NETWORKS,
                "{\"inputs\":2,\"layers\":[{\"type\":\"dense\",\"units\":3,\"weightInitializer\":" + initializer
                        + "},{\"type\":\"dense\",\"units\":1}]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("warnings").get(0).get("code").stringValue())
                .isEqualTo("symmetric-start");
    }

    private String create(String members) {
        Answer created = client.post(NETWORKS, "{" + members + "}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("id").stringValue();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("data").forEach(network -> ids.add(network.get("id").stringValue()));
        return ids;
    }
}
