package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Models whose predictions can be worked out by hand, measured on tables small enough to count.
@BootedService
class EvaluationsApiTest {

    private final Client client;
    private final Specimens specimens;

    @Autowired
    EvaluationsApiTest(@LocalServerPort int port, Models models, PlatformTransactionManager transactions) {
        client = new Client(port);
        specimens = new Specimens(models, new TransactionTemplate(transactions));
    }

    private String dataset(String csv, String query) {
        Answer created = client.post("/api/v1/datasets" + query, "text/csv", csv);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("id").stringValue();
    }

    private Answer evaluate(String model, String dataset) {
        return client.post("/api/v1/models/" + model + "/evaluations", "{\"datasetId\": \"" + dataset + "\"}");
    }

    private JsonNode evaluation(String model, String dataset) {
        Answer answer = evaluate(model, dataset);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String regression() {
        return specimens.add(Precision.FLOAT64, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
    }

    private String binary() {
        return specimens.add(Precision.FLOAT64, Specimens.BINARY, Specimens.BINARY_WEIGHTS);
    }

    private String classes() {
        return specimens.add(Precision.FLOAT64, Specimens.CLASSES, Specimens.CLASSES_WEIGHTS);
    }

    /// The model says 140, 125 and 105 (x = 10, green: 100 + 5 * 1); colours are numbered otherwise than in training.
    @Test
    void numbersAreMeasuredOnTheTargetsOwnScale() {
        String dataset = dataset("colour,other,x,y\nred,7,14,138\ngreen,8,14,125\ngreen,9,10,101\n", "");
        JsonNode found = evaluation(regression(), dataset);
        assertThat(found.get("rows").intValue()).isEqualTo(3);
        assertThat(found.get("meanAbsoluteError").doubleValue()).isEqualTo(2);
        assertThat(found.get("meanSquaredError").doubleValue()).isCloseTo(20 / 3.0, within(1e-14));
        assertThat(found.get("rootMeanSquaredError").doubleValue()).isCloseTo(Math.sqrt(20 / 3.0), within(1e-14));
        double mean = 364 / 3.0;
        double total = Math.pow(138 - mean, 2) + Math.pow(125 - mean, 2) + Math.pow(101 - mean, 2);
        assertThat(found.get("r2").doubleValue()).isCloseTo(1 - 20 / total, within(1e-14));
        // on the scaled target: divided by 5
        assertThat(found.get("loss").doubleValue()).isCloseTo(20 / 3.0 / 25, within(1e-14));
        assertThat(found.get("accuracy").isNull()).isTrue();
        assertThat(found.get("confusionMatrix").isNull()).isTrue();
        assertThat(found.get("roc").isNull()).isTrue();
        assertThat(found.get("calibration").isNull()).isTrue();
    }

    /// Logits 2x - 1: -1, -0.5, 0.5, 1 for x = 0, 0.25, 0.75, 1. The table names "yes" before "no" alone.
    @Test
    void twoClassesHaveCurvesAndCalibration() {
        String dataset = dataset("answer,x\nyes,1\nno,0.75\nyes,0.25\nno,0\n", "");
        JsonNode found = evaluation(binary(), dataset);
        assertThat(found.get("accuracy").doubleValue()).isEqualTo(0.5);
        assertThat(found.at("/confusionMatrix/labels").toString()).isEqualTo("[\"no\",\"yes\"]");
        assertThat(found.at("/confusionMatrix/counts").toString()).isEqualTo("[[1,1],[1,1]]");
        assertThat(found.get("classes").get(1).toString())
                .isEqualTo(
                        "{\"label\":\"yes\",\"support\":2,\"predicted\":2,\"precision\":0.5,\"recall\":0.5,\"f1\":0.5}");
        assertThat(found.at("/roc/positive").stringValue()).isEqualTo("yes");
        assertThat(found.at("/roc/area").doubleValue()).isEqualTo(0.75); // of 4 pairs one is the wrong way round
        assertThat(found.at("/roc/falsePositiveRate").toString()).isEqualTo("[0.0,0.0,0.5,0.5,1.0]");
        assertThat(found.at("/roc/truePositiveRate").toString()).isEqualTo("[0.0,0.5,0.5,1.0,1.0]");
        assertThat(found.at("/roc/thresholds/0").isNull()).isTrue();
        assertThat(found.at("/precisionRecall/area").doubleValue()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-15));
        double[] logits = {1, 0.5, -0.5, -1};
        double[] wanted = {1, 0, 1, 0};
        double loss = 0;
        double brier = 0;
        for (int i = 0; i < 4; i++) {
            double share = 1 / (1 + Math.exp(-logits[i]));
            loss -= Math.log(wanted[i] == 1 ? share : 1 - share) / 4;
            brier += Math.pow(share - wanted[i], 2) / 4;
        }
        assertThat(found.get("loss").doubleValue()).isCloseTo(loss, within(1e-15));
        assertThat(found.at("/calibration/brierScore").doubleValue()).isCloseTo(brier, within(1e-15));
        assertThat(found.at("/calibration/bins")).hasSize(4);
        assertThat(found.at("/calibration/bins/0/rows").intValue()).isEqualTo(1);
    }

    /// Classes a, b, c by the largest of u, v, 0; the table has only c and b, numbered otherwise.
    @Test
    void manyClassesAreCountedByTheirNames() {
        String dataset = dataset("u,v,kind\n-1,-2,c\n-1,3,b\n2,1,b\n", "");
        JsonNode found = evaluation(classes(), dataset);
        assertThat(found.at("/confusionMatrix/counts").toString()).isEqualTo("[[0,0,0],[1,1,0],[0,0,1]]");
        assertThat(found.get("accuracy").doubleValue()).isEqualTo(2 / 3.0);
        assertThat(found.at("/classes/0/support").intValue()).isZero();
        assertThat(found.at("/classes/0/recall").isNull()).isTrue();
        assertThat(found.get("roc").isNull()).isTrue();
        assertThat(found.at("/calibration/expectedCalibrationError").isNumber()).isTrue();
    }

    @Test
    void chunksChangeNothing() {
        StringBuilder csv = new StringBuilder("u,v,kind\n");
        for (int i = 0; i < 2500; i++) {
            csv.append(i % 7 - 3)
                    .append(',')
                    .append(i % 5 - 2)
                    .append(',')
                    .append("abc".charAt(i % 3))
                    .append('\n');
        }
        JsonNode found = evaluation(classes(), dataset(csv.toString(), ""));
        assertThat(found.get("rows").intValue()).isEqualTo(2500);
        long right = 0;
        for (int i = 0; i < 2500; i++) {
            int u = i % 7 - 3;
            int v = i % 5 - 2;
            int best = u >= v && u >= 0 ? 0 : v >= 0 ? 1 : 2;
            right += best == i % 3 ? 1 : 0;
        }
        assertThat(found.get("accuracy").doubleValue()).isEqualTo(right / 2500.0);
    }

    @Test
    void datasetMayBeNamedAndCurvesThinned() {
        dataset("answer,x\nyes,1\nno,0.75\nyes,0.25\nno,0\n", "?name=evaluated");
        String path = "/api/v1/models/" + binary() + "/evaluations";
        JsonNode found = client.post(path, "{\"datasetId\": \"evaluated\", \"maxPoints\": 2}")
                .json();
        assertThat(found.at("/roc/falsePositiveRate").toString()).isEqualTo("[0.0,1.0]");
        assertThat(found.at("/roc/sampled").booleanValue()).isTrue();
        assertThat(client.post(path, "{\"datasetId\": \"evaluated\", \"maxPoints\": 1}")
                        .errors())
                .isEqualTo("out-of-range /maxPoints");
    }

    @Test
    void datasetThatDoesNotFitIsRefusedByColumn() {
        assertRefused(regression(), "x,y\n1,2\n", "", "missing-column", "colour");
        assertRefused(regression(), "x,colour\n1,red\n", "", "missing-column", "y, the target");
        assertRefused(regression(), "x,colour,y\n1,blue,2\n2,red,3\n", "", "unseen-category", "blue");
        assertRefused(regression(), "x,colour,y\none,red,2\n", "", "column-type", "categorical");
        assertRefused(regression(), "x,colour,y\n1,red,2\n,red,3\n", "", "missing-values", "x");
        assertRefused(regression(), "x,colour,y\n1,red,\n2,red,3\n", "", "missing-values", "y");
        assertRefused(regression(), "x,colour,y\n1,red,low\n", "", "target-type", "categories");
        assertRefused(classes(), "u,v,kind\n1,2,d\n1,2,a\n", "", "unseen-class", "d");
        assertRefused(binary(), "x,answer\n1,1\n", "", "unseen-class", "1");
        assertRefused(regression(), "x,colour,y\n1e308,red,2\n-1e308,red,1\n", "", "prediction-not-finite", "row");
        Answer several = evaluate(regression(), dataset("a,b\n1,2\n", ""));
        assertThat(several.errors())
                .isEqualTo("missing-column /datasetId, missing-column /datasetId, missing-column /datasetId");
    }

    private void assertRefused(String model, String csv, String query, String code, String named) {
        Answer answer = evaluate(model, dataset(csv, query));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo(code + " /datasetId");
        assertThat(answer.json().get("detail").stringValue()).contains(named);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(evaluate("mdl_none", "x").status()).isEqualTo(404);
        Answer unknown = evaluate(binary(), "ds_none");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.errors()).isEqualTo("reference-not-found /datasetId");
        String other = dataset("x,answer\n1,yes\n0,no\n", "");
        Answer part = client.post(
                "/api/v1/models/" + binary() + "/evaluations",
                "{\"datasetId\": \"" + other + "\", \"part\": \"test\"}");
        assertThat(part.errors()).isEqualTo("other-dataset /part");
    }
}
