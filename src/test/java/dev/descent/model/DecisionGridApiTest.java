package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Grids of models that can be worked out by hand, whose data is deleted.
@BootedService
class DecisionGridApiTest {

    private static final String SQUARE = "x=u&y=v&xFrom=-1&xTo=1&yFrom=0&yTo=2";

    private final Client client;
    private final Specimens specimens;

    @Autowired
    DecisionGridApiTest(@LocalServerPort int port, Models models, PlatformTransactionManager transactions) {
        client = new Client(port);
        specimens = new Specimens(models, new TransactionTemplate(transactions));
    }

    @Test
    void aRegressionOfOneNumberIsACurveOnTheTargetsOwnScale() {
        JsonNode grid = json(regression(), "x=x&xFrom=8&xTo=14&points=4&at=colour:red");

        assertThat(grid.get("x").toString()).isEqualTo("{\"column\":\"x\",\"values\":[8.0,10.0,12.0,14.0]}");
        assertThat(grid.get("y").isNull()).isTrue();
        assertThat(grid.get("held").toString()).isEqualTo("{\"colour\":\"red\"}");
        assertThat(grid.get("values").toString()).isEqualTo("[120.0,120.0,130.0,140.0]");
        assertThat(grid.get("nonFinite").intValue()).isZero();
    }

    @Test
    void everyPointHasTheProbabilityOfEveryClass() {
        JsonNode grid = json(classes(), SQUARE + "&points=3");

        assertThat(grid.get("labels").toString())
                .isEqualTo("[[\"b\",\"a\",\"a\"],[\"b\",\"b\",\"a\"],[\"b\",\"b\",\"b\"]]");
        double sum = Math.exp(1) + Math.exp(2) + 1; // at u = 1, v = 2
        JsonNode probabilities = grid.get("probabilities");
        assertThat(probabilities.get("a").get(2).get(2).doubleValue()).isCloseTo(Math.exp(1) / sum, within(1e-15));
        assertThat(probabilities.get("b").get(2).get(2).doubleValue()).isCloseTo(Math.exp(2) / sum, within(1e-15));
        assertThat(probabilities.get("c").get(2).get(2).doubleValue()).isCloseTo(1 / sum, within(1e-15));
    }

    @Test
    void aUnitShowsItsActivationAndALayerThatOfAllUnits() {
        JsonNode unit = json(classes(), SQUARE + "&points=2&layer=0&unit=1");
        JsonNode layer = json(classes(), SQUARE + "&points=2&layer=0");

        assertThat(unit.get("units").toString()).isEqualTo("[{\"unit\":1,\"values\":[[0.0,0.0],[2.0,2.0]]}]");
        assertThat(layer.get("units")).hasSize(3);
        assertThat(layer.get("units").get(0).get("values").toString()).isEqualTo("[[-1.0,1.0],[-1.0,1.0]]");
        assertThat(layer.get("units").get(1)).isEqualTo(unit.get("units").get(0));
    }

    /// 40,000 points pass through the network in several chunks.
    @Test
    void aLargeGridIsTheSmallOneWithMorePoints() {
        JsonNode large = json(classes(), SQUARE + "&points=199&layer=0&unit=0")
                .get("units")
                .get(0)
                .get("values");

        assertThat(large).hasSize(199);
        for (int j = 0; j < 199; j += 9) {
            for (int i = 0; i < 199; i++) {
                assertThat(large.get(j).get(i).doubleValue()).isCloseTo(-1 + 2.0 * i / 198, within(1e-15));
            }
        }
    }

    @Test
    void theSameIsDrawnAsSvgAndPng() {
        String grid = "/api/v1/models/" + classes() + "/decision-grid?" + SQUARE;
        for (String query : new String[] {"&points=5", "&points=5&layer=0", "&points=5&layer=0&unit=2"}) {
            Answer svg = client.get(grid + query, "Accept", "image/avif,image/svg+xml,*/*;q=0.8");
            assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
            assertThat(svg.body()).startsWith("<svg ");
            assertThat(client.get(grid + query + "&format=svg").body()).isEqualTo(svg.body());
            Answer png = client.get(grid + query + "&format=png");
            assertThat(png.header("Content-Type")).isEqualTo("image/png");
            assertThat(png.body()).contains("PNG");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x=w&y=v                           | unknown-column ?x
            x=u&y=u                           | duplicate-column ?y
            x=u                               | range-unknown ?xFrom
            x=u&y=v&xFrom=-1&xTo=1&yFrom=0    | range-unknown ?yTo
            x=u&xFrom=0&xTo=1                 | value-unknown ?at
            x=u&xFrom=0&xTo=1&at=v:many       | not-a-number ?at
            x=u&xFrom=0&xTo=1&at=v:NaN        | not-a-number ?at
            x=u&xFrom=0&xTo=1&at=z:1          | unknown-column ?at
            x=u&xFrom=0&xTo=1&at=u:1          | duplicate-column ?at
            x=u&xFrom=0&xTo=1&at=v:1&at=v:2   | duplicate-column ?at
            x=u&xFrom=1&xTo=1&at=v:1          | out-of-range ?xTo
            x=u&xFrom=0&xTo=1&yFrom=0&at=v:1  | unexpected ?yFrom
            x=u&xFrom=0&xTo=1&at=v:1&points=1 | out-of-range ?points
            SQUARE&points=201                 | out-of-range ?points
            SQUARE&layer=1                    | out-of-range ?layer
            SQUARE&layer=0&unit=3             | out-of-range ?unit
            SQUARE&unit=0                     | unexpected ?unit
            SQUARE&target=v                   | unknown-column ?target
            """)
    void whatCannotBeShownIsRefusedByName(String query, String error) {
        Answer answer = client.get("/api/v1/models/" + classes() + "/decision-grid?" + query.replace("SQUARE", SQUARE));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(error);
    }

    @Test
    void aCategoryHasToBeKnown() {
        Answer answer =
                client.get("/api/v1/models/" + regression() + "/decision-grid?x=x&xFrom=0&xTo=1&at=colour:blue");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).startsWith("unknown-category");
        Answer varied = client.get("/api/v1/models/" + regression() + "/decision-grid?x=colour");
        assertThat(varied.errors()).startsWith("not-numeric");
    }

    private JsonNode json(String model, String query) {
        Answer answer = client.get("/api/v1/models/" + model + "/decision-grid?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String regression() {
        return specimens.add(Precision.FLOAT64, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
    }

    private String classes() {
        return specimens.add(Precision.FLOAT64, Specimens.CLASSES, Specimens.CLASSES_WEIGHTS);
    }
}
