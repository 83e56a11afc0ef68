package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.core.linalg.Precision;
import dev.descent.storage.Blobs;
import dev.descent.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Rows that a model with columns x and colour (red, green) cannot answer.
@BootedService
class BadPredictionsTest {

    private static final String MODELS = "/api/v1/models";

    private final Client client;
    private final Models models;
    private final Blobs blobs;
    private final Specimens specimens;

    @Autowired
    BadPredictionsTest(@LocalServerPort int port, Models models, Blobs blobs, PlatformTransactionManager transactions) {
        client = new Client(port);
        this.models = models;
        this.blobs = blobs;
        specimens = new Specimens(models, new TransactionTemplate(transactions));
    }

    static List<Arguments> rows() {
        return List.of(
                refused("[1]", "shape /rows/1"),
                refused("[1,\"red\",2]", "shape /rows/1"),
                refused("[]", "shape /rows/1"),
                refused("{\"x\":1}", "missing-column /rows/1/colour"),
                refused("{\"x\":1,\"color\":\"red\"}", "unknown-column /rows/1/color, missing-column /rows/1/colour"),
                refused("{\"x\":1,\"colour\":\"red\",\"a/b~\":1}", "unknown-column /rows/1/a~1b~0"),
                refused("null", "required /rows/1"),
                refused("[null,\"red\"]", "required /rows/1/0"),
                refused("{\"x\":1,\"colour\":null}", "required /rows/1/colour"),
                malformed("[\"5.1\",\"red\"]", "wrong-type /rows/1/0"),
                malformed("{\"x\":true,\"colour\":\"red\"}", "wrong-type /rows/1/x"),
                malformed("{\"x\":[1],\"colour\":\"red\"}", "wrong-type /rows/1/x"),
                malformed("{\"x\":{},\"colour\":\"red\"}", "wrong-type /rows/1/x"),
                malformed("[1,2]", "wrong-type /rows/1/1"),
                malformed("5", "wrong-type /rows/1"),
                malformed("\"1,red\"", "wrong-type /rows/1"),
                refused("[1e400,\"red\"]", "non-finite /rows/1/0"),
                refused("[\"NaN\",\"red\"]", "non-finite /rows/1/0"),
                refused("{\"x\":\"Infinity\",\"colour\":\"red\"}", "non-finite /rows/1/x"),
                refused("[1e308,\"red\"]", "prediction-not-finite /rows/1"),
                refused("[1,\"blue\"]", "unseen-category /rows/1/1"),
                refused("{\"x\":1,\"colour\":\"Red\"}", "unseen-category /rows/1/colour"),
                malformed("[true,\"blue\"]", "wrong-type /rows/1/0, unseen-category /rows/1/1"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowThatCannotBeAnsweredIsRefusedAtItsPlace(String row, int status, String problem, String errors) {
        Answer answer = predict(regression(), "{\"rows\":[[1,\"red\"]," + row + "]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.errors()).as(answer.body()).isEqualTo(errors);
    }

    @Test
    void unseenCategoryIsAnsweredWithThoseOfTheTraining() {
        JsonNode error = predict(regression(), "{\"rows\":[[1,\"blue\"]]}")
                .json()
                .get("errors")
                .get(0);
        assertThat(error.get("allowed").toString()).isEqualTo("[\"red\",\"green\"]");
        assertThat(error.get("value").stringValue()).isEqualTo("blue");
    }

    @Test
    void wrongNumberOfValuesIsNamedWithTheRightOne() {
        Answer answer = predict(regression(), "{\"rows\":[[1,2,3]]}");
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo("the row has 3 values, the model has 2 columns: x, colour");
    }

    @Test
    void complaintsStopAtTwenty() {
        Answer answer = predict(regression(), "{\"rows\":[[0]" + ",[0]".repeat(99) + "]}");
        assertThat(answer.json().get("errors")).hasSize(20);
    }

    @Test
    void numberTooLargeForSinglePrecisionIsRefused() {
        String id = specimens.add(Precision.FLOAT32, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
        assertThat(predict(id, "{\"rows\":[[1e39,\"red\"]]}").errors()).isEqualTo("prediction-not-finite /rows/0");
        assertThat(predict(id, "{\"rows\":[[-1e39,\"red\"]]}").errors()).isEqualTo("prediction-not-finite /rows/0");
    }

    @Test
    void rowBeyondTheFirstChunkIsNamedByItsOwnNumber() {
        String rows = "[1,\"red\"],".repeat(1500) + "[1e308,\"red\"]";
        assertThat(predict(regression(), "{\"rows\":[" + rows + "]}").errors())
                .isEqualTo("prediction-not-finite /rows/1500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"rows\":[]}", "{}", "{\"rows\":null}"})
    void noRowsAreRefused(String body) {
        Answer answer = predict(regression(), body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).endsWith(" /rows");
    }

    @Test
    void rowsBeyondTheLimitAreTooMany() {
        Answer answer = predict(regression(), "{\"rows\":[[0,\"red\"]" + ",[0,\"red\"]".repeat(10_000) + "]}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("detail").stringValue()).contains("10001", "10000");
    }

    @Test
    void unknownPartIsRefusedWithThoseThereAre() {
        Answer answer = predict(regression(), "{\"rows\":[[0,\"red\"]],\"include\":[\"gradients\"]}");
        assertThat(answer.errors()).isEqualTo("unknown-value /include/0");
        assertThat(answer.body()).contains("[\"logits\",\"activations\",\"inputGradients\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/weights", "/predictions"})
    void deletedModelIsGone(String part) {
        String path = MODELS + "/" + regression();
        assertThat(client.delete(path).status()).isEqualTo(204);
        Answer answer = part.equals("/predictions")
                ? client.post(path + part, "{\"rows\":[[0,\"red\"]]}")
                : client.get(path + part);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
        assertThat(client.delete(path).status()).isEqualTo(404);
    }

    @Test
    void damagedModelAnswersNothing() throws IOException {
        String id = specimens.add(Precision.FLOAT32, Specimens.CLASSES, Specimens.CLASSES_WEIGHTS);
        var file = blobs.path(models.find(Tenant.DEFAULT, id).bundleSha256());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 10] ^= 4;
        Files.write(file, bytes);
        Answer answer = predict(id, "{\"rows\":[[0,0]]}");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("data-corrupt");
        assertThat(answer.body()).contains(id);
        client.delete(MODELS + "/" + id);
    }

    private Answer predict(String id, String body) {
        return client.post(MODELS + "/" + id + "/predictions", body);
    }

    private String regression() {
        return specimens.add(Precision.FLOAT64, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
    }

    private static Arguments refused(String row, String errors) {
        return Arguments.of(row, 422, "validation-failed", errors);
    }

    private static Arguments malformed(String row, String errors) {
        return Arguments.of(row, 400, "malformed-request", errors);
    }
}
