package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static dev.descent.training.JobClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Jobs that cannot be, each refused when it is submitted, with its code at its place.
@BootedService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedJobsTest {

    private static final String ONE_LAYER =
            "\"network\": {\"inputs\": %d, \"layers\": [{\"type\": \"dense\", \"units\": %d}]}";

    private final JobClient jobs;
    private String parabola = "";
    private String mixed = "";

    RefusedJobsTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    @BeforeAll
    void upload() {
        parabola = jobs.parabola(100);
        mixed = jobs.csv("""
                x,gap,label,two,pair,minus,half,single
                1,1,a,0,1,-1,0,k
                2,,b,1,2,1,0.3,k
                3,3,c,0,1,-1,1,k
                4,4,a,1,2,1,0,k
                5,5,b,0,1,-1,1,k
                """);
    }

    static List<Arguments> ofTheParabola() {
        return List.of(
                // J1
                bad("{'optimizer': {'type': 'sgd', 'learningRate': 0}}", 422, "out-of-range /optimizer/learningRate"),
                bad(
                        "{'optimizer': {'type': 'sgd', 'learningRate': -0.1}}",
                        422,
                        "out-of-range /optimizer/learningRate"),
                bad("{'optimizer': {'type': 'sgd', 'learningRate': 'NaN'}}", 422, "non-finite /optimizer/learningRate"),
                bad("{'optimizer': {'type': 'sgd', 'learningRate': null}}", 400, "wrong-type /optimizer/learningRate"),
                bad("{'optimizer': {'type': 'sgd'}}", 422, "required /optimizer/learningRate"),
                bad("{'optimizer': '-'}", 422, "required /optimizer"),
                // J3
                bad("{'batches': {'type': 'shuffled', 'size': 0}}", 422, "out-of-range /batches/size"),
                bad("{'batches': {'type': 'shuffled', 'size': -1}}", 422, "out-of-range /batches/size"),
                bad("{'batches': {'type': 'sampled', 'size': 2.5}}", 400, "wrong-type /batches/size"),
                // J4
                bad("{'batches': {'type': 'shuffled', 'size': 101}}", 422, "batch-too-large /batches/size"),
                bad(
                        "{'batches': {'type': 'sampled', 'size': 81}, 'split': {'validation': 0.2}}",
                        422,
                        "batch-too-large /batches/size"),
                // J5
                bad("{'steps': '-', 'epochs': 0}", 422, "out-of-range /epochs"),
                bad("{'steps': '-', 'epochs': -5}", 422, "out-of-range /epochs"),
                bad("{'steps': '-', 'epochs': 1e12}", 422, "out-of-range /epochs"),
                bad("{'steps': '-', 'epochs': 1000001}", 422, "out-of-range /epochs"),
                bad("{'steps': '-', 'epochs': 1.5}", 422, "out-of-range /epochs"),
                bad("{'steps': 0}", 422, "out-of-range /steps"),
                bad("{'steps': '-'}", 422, "required /epochs"),
                bad("{'epochs': 1}", 422, "ambiguous /steps"),
                // J6
                bad(
                        "{'optimizer': {'type': 'momentum', 'learningRate': 1, 'momentum': 1}}",
                        422,
                        "out-of-range /optimizer/momentum"),
                bad(
                        "{'optimizer': {'type': 'adam', 'learningRate': 1, 'beta1': 1.0}}",
                        422,
                        "out-of-range /optimizer/beta1"),
                bad(
                        "{'optimizer': {'type': 'adam', 'learningRate': 1, 'beta2': 1.0}}",
                        422,
                        "out-of-range /optimizer/beta2"),
                bad(
                        "{'optimizer': {'type': 'adam', 'learningRate': 1, 'epsilon': 0}}",
                        422,
                        "out-of-range /optimizer/epsilon"),
                bad(
                        "{'optimizer': {'type': 'sgd', 'learningRate': 1, 'weightDecay': -1}}",
                        422,
                        "out-of-range /optimizer/weightDecay"),
                // J7
                bad("{'split': {'validation': 0}}", 422, "out-of-range /split/validation"),
                bad("{'split': {'validation': 1}}", 422, "out-of-range /split/validation"),
                bad("{'split': {'test': 1.5}}", 422, "out-of-range /split/test"),
                bad("{'split': {'validation': 0.5, 'test': 0.5}}", 422, "out-of-range /split"),
                bad("{'split': {'validation': 0.995}}", 422, "out-of-range /split"),
                bad("{'split': {'validation': 0.5, 'stratified': true}}", 422, "target-type /split/stratified"),
                // J8
                bad("{'optimizer': {'type': 'adan', 'learningRate': 1}}", 422, "unknown-variant /optimizer/type"),
                bad("{'loss': 'squared'}", 422, "unknown-variant /loss"),
                bad("{'schedule': 'cosinus'}", 422, "unknown-variant /schedule"),
                bad("{'schedule': 'triangular'}", 422, "unknown-variant /schedule"),
                // J9
                bad("{'datasetId': 'ds_00000000000000000000000000'}", 422, "reference-not-found /datasetId"),
                bad("{'datasetId': 'nonsense'}", 422, "reference-not-found /datasetId"),
                bad("{'network': '-', 'networkId': 'net_x'}", 422, "reference-not-found /networkId"),
                bad("{'networkId': 'net_x'}", 422, "ambiguous /network"),
                bad("{'network': '-'}", 422, "required /networkId"),
                // J10
                bad("{'target': 'z'}", 422, "unknown-column /target"),
                bad("{'features': ['one', 'y']}", 422, "target-is-feature /features/1"),
                bad("{'features': ['one', 'z']}", 422, "unknown-column /features/1"),
                bad("{'features': ['one', 'one']}", 422, "duplicate-column /features/1"),
                bad("{'features': []}", 422, "required /features"),
                // J12
                bad("{'features': ['x']}", 422, "inputs-mismatch /network"),
                bad("{" + layer(2, 3) + "}", 422, "outputs-mismatch /network"),
                // J16
                bad("{'priority': 99}", 422, "out-of-range /priority"),
                bad("{'priority': 'urgent'}", 400, "wrong-type /priority"),
                bad("{'timeLimitSeconds': -1}", 422, "out-of-range /timeLimitSeconds"),
                bad("{'timeLimitSeconds': 0}", 422, "out-of-range /timeLimitSeconds"),
                // J19
                bad("{'callback_url': 'http://169.254.169.254/'}", 422, "unknown-property /callback_url"),
                // N11, N15, N16
                bad("{'loss': 'binaryCrossEntropy', 'task': 'classification'}", 422, "target-type /target"),
                bad("{'loss': 'softmaxCrossEntropy', 'task': 'regression'}", 422, "loss-task-mismatch /loss"),
                bad("{'loss': 'gaussianNegativeLogLikelihood'}", 422, "loss-outputs /loss"),
                bad("{'loss': 'gaussianNegativeLogLikelihood', " + layer(2, 4) + "}", 422, "outputs-mismatch /network"),
                bad("{'loss': {'type': 'mixtureDensity', 'components': 2}}", 422, "loss-outputs /loss/components"),
                bad(
                        "{'loss': 'gaussianNegativeLogLikelihood', 'task': 'classification'}",
                        422,
                        "loss-task-mismatch /loss"),
                bad("{'seed': -1}", 422, "out-of-range /seed"),
                bad("{'seed': 9007199254740992}", 422, "out-of-range /seed"),
                bad("{'threads': 0}", 422, "out-of-range /threads"),
                bad("{'name': ''}", 422, "out-of-range /name"),
                bad("{'name': 'a\\u0007b'}", 422, "control-character /name"),
                bad("{'precision': 'float16'}", 422, "unknown-value /precision"),
                // what this service does not have
                bad("{'regularization': {'l2': -0.1}}", 422, "out-of-range /regularization/l2"),
                bad("{'gradientClipping': {'norm': 1}}", 422, "required /gradientClipping/type"),
                bad("{'gradientClipping': {'type': 'norm', 'limit': 0}}", 422, "out-of-range /gradientClipping/limit"),
                bad(
                        "{'optimizer': {'type': 'lbfgs'}, 'gradientClipping': {'type': 'norm', 'limit': 1}}",
                        422,
                        "clipping-line-search /gradientClipping"),
                bad(
                        "{'optimizer': {'type': 'lbfgs'}, 'batches': {'type': 'shuffled', 'size': 10}}",
                        422,
                        "full-batch-required /batches"),
                bad("{'earlyStopping': 'validationLoss'}", 422, "no-validation-rows /earlyStopping"),
                bad("{'earlyStopping': {'type': 'lossChange'}}", 422, "required /earlyStopping/below"),
                bad("{'onDivergence': {'type': 'restart', 'divideBy': 1}}", 422, "out-of-range /onDivergence/divideBy"),
                bad("{'metrics': ['f1']}", 422, "unknown-value /metrics/0"),
                // recordings
                bad("{'record': {'loss': {'every': 0}}}", 422, "out-of-range /record/loss/every"),
                bad("{'record': {'loss': {'over': 'epoch'}}}", 422, "unknown-value /record/loss/over"),
                bad("{'record': {'gradients': {'what': 'norms'}}}", 422, "required /record/gradients/every"),
                bad(
                        "{'record': {'gradients': {'every': 1, 'layers': [0, 2]}}}",
                        422,
                        "out-of-range /record/gradients/layers/1"),
                bad("{'record': {'weights': {'every': 1, 'layers': []}}}", 422, "empty /record/weights/layers"),
                bad(
                        "{'record': {'weights': {'every': 1, 'what': 'histograms', 'bins': 1}}}",
                        422,
                        "out-of-range /record/weights/bins"),
                bad("{'record': {'weights': {'every': 1, 'bins': 9}}}", 422, "unexpected /record/weights/bins"),
                bad(
                        "{'record': {'activations': {'every': 1, 'layers': [0, 2]}}}",
                        422,
                        "out-of-range /record/activations/layers/1"),
                bad("{'initialWeights': [{'weights': [[1, 2]]}]}", 422, "shape /initialWeights"));
    }

    @ParameterizedTest
    @MethodSource("ofTheParabola")
    void jobThatCannotBeIsRefused(String changes, int status, String errors) {
        assertRefused(jobs.post(request(parabola, changes)), status, errors);
    }

    static List<Arguments> ofMixedColumns() {
        return List.of(
                // J11
                bad("{'target': 'label', 'task': 'regression', " + layer(1, 1) + "}", 422, "target-type /target"),
                bad("{'target': 'label', 'loss': 'squaredError', " + layer(1, 1) + "}", 422, "target-type /target"),
                bad("{'target': 'single', 'loss': '-', " + layer(1, 2) + "}", 422, "target-type /target"),
                // J12
                bad("{'target': 'label', 'loss': '-', " + layer(1, 2) + "}", 422, "outputs-mismatch /network"),
                bad(
                        "{'features': ['x', 'label'], 'target': 'half', 'loss': '-', " + layer(2, 1) + "}",
                        422,
                        "inputs-mismatch /network"),
                // J13
                bad(
                        "{'target': 'pair', 'loss': 'binaryCrossEntropy', " + layer(1, 1) + "}",
                        422,
                        "target-type /target"),
                bad(
                        "{'target': 'minus', 'loss': 'binaryCrossEntropy', " + layer(1, 1) + "}",
                        422,
                        "target-type /target"),
                bad(
                        "{'target': 'half', 'loss': 'binaryCrossEntropy', " + layer(1, 1) + "}",
                        422,
                        "target-type /target"),
                // missing values
                bad("{'features': ['gap'], 'target': 'two', " + layer(1, 1) + "}", 422, "missing-values /features/0"),
                bad("{'features': ['x'], 'target': 'gap', " + layer(1, 1) + "}", 422, "missing-values /target"),
                // scalings that cannot be
                bad(
                        "{'preprocessing': {'features': {'type': 'minMax', 'minimum': 2}}, " + layer(1, 1) + "}",
                        422,
                        "out-of-range /preprocessing/features/maximum"),
                bad(
                        "{'preprocessing': {'features': {'type': 'quantile', 'lower': 0.9}}, " + layer(1, 1) + "}",
                        422,
                        "out-of-range /preprocessing/features/upper"),
                bad(
                        "{'features': ['x'], 'target': 'two', 'preprocessing': {'features': {'type': 'minMax', 'maximum': 1e-309}}, "
                                + layer(1, 1) + "}",
                        422,
                        "out-of-range /features/0"),
                // scaling of classes
                bad(
                        "{'target': 'label', 'loss': '-', 'preprocessing': {'target': 'standardize'}, " + layer(1, 3)
                                + "}",
                        422,
                        "target-type /preprocessing/target"));
    }

    @ParameterizedTest
    @MethodSource("ofMixedColumns")
    void columnsThatDoNotFitAreRefused(String changes, int status, String errors) {
        var request = request(mixed, "{\"features\": [\"x\"]}");
        request(mixed, changes).properties().forEach(change -> {
            if (changes.contains("\"" + change.getKey() + "\"")) {
                request.set(change.getKey(), change.getValue());
            }
        });
        if (changes.contains("\"loss\": \"-\"")) {
            request.remove("loss");
        }
        assertRefused(jobs.post(request), status, errors);
    }

    @Test
    void numbersThatDoNotMatchAreBothNamed() {
        assertThat(detail("{'features': ['x']}")).contains("2 inputs").contains("to 1");
        assertThat(detail("{" + layer(2, 3) + "}")).contains("3 outputs").contains("needs 1");
        assertThat(detail("{'batches': {'type': 'shuffled', 'size': 101}}"))
                .contains("101")
                .contains("100 training");
    }

    @Test
    void valuesThatAreNoIndicatorAreNamed() {
        String changes =
                json("{'features': ['x'], 'target': 'pair', 'loss': 'binaryCrossEntropy', " + layer(1, 1) + "}");
        assertThat(jobs.post(request(mixed, changes)).json().get("detail").stringValue())
                .contains("1, 2");
    }

    @Test
    void scheduleThatIsUnknownComesWithThoseThatAreKnown() {
        Answer answer = jobs.post(request(parabola, "{\"schedule\": {\"type\": \"cosinus\", \"steps\": 5}}"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").get(0).get("allowed").toString())
                .startsWith("[\"constant\",")
                .contains("\"cosine\"");
    }

    @Test
    void numberTooLargeForADoubleIsRefused() {
        String request = request(parabola).toString();
        for (String text : List.of("\"learningRate\":1e400", "\"learningRate\":-1e400")) {
            String bad = request.replaceFirst("\"learningRate\":[0-9.]+", text);
            assertThat(bad).contains("1e400");
            assertThat(jobs.http.post(JOBS, bad).status()).isIn(400, 422);
        }
        String epochs = request.replace("\"steps\":20", "\"epochs\":1e400");
        assertThat(jobs.http.post(JOBS, epochs).status()).isIn(400, 422);
    }

    @Test
    void severalFaultsAreToldAtOnce() {
        Answer answer = jobs.post(request(parabola, "{\"target\": \"z\", \"priority\": 11, \"networkId\": \"net_x\"}"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors())
                .contains("out-of-range /priority")
                .contains("ambiguous /network")
                .contains("unknown-column /target");
    }

    @Test
    void jobTooLargeForTheMemoryIsRefusedWithBothNumbers() {
        String wide = "{\"network\": {\"inputs\": 2, \"layers\": [{\"type\": \"dense\", \"units\": 4000000},"
                + "{\"type\": \"dense\", \"units\": 1}]}, \"batches\": \"full\"}";
        Answer answer = jobs.post(request(parabola, wide));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("job-exceeds-capacity");
        assertThat(answer.json().get("detail").stringValue()).containsPattern("needs \\d+ bytes.*limit is \\d+");
    }

    @Test
    void recordingTooLargeIsRefusedWithAdviceThatFits() {
        String changes = """
                {"steps": 100000000, "record": {"weights": {"what": "values", "every": %d}, "loss": {"every": 1000}}}""";
        Answer answer = jobs.post(request(parabola, changes.formatted(1)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("recording-too-large");
        String detail = answer.json().get("detail").stringValue();
        assertThat(detail).contains("9600800000 bytes").contains("limit is 1073741824");
        var advice = java.util.regex.Pattern.compile("record\\.weights\\.every of at least (\\d+)")
                .matcher(detail);
        assertThat(advice.find()).isTrue();
        int every = Integer.parseInt(advice.group(1));
        assertThat(plan(changes.formatted(every))).isEqualTo(200);
        assertThat(plan(changes.formatted(every - 1))).isEqualTo(422);
    }

    @Test
    void activationsOfALargeBatchAreNotRecordedAsValues() {
        String data = jobs.parabola(1001);
        String changes = "{\"record\": {\"activations\": {\"what\": \"%s\", \"every\": 10}}}";
        Answer answer = jobs.post(request(data, changes.formatted("values")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).isEqualTo("batch-too-large /record/activations/what");
        assertThat(jobs.post(request(data, changes.formatted("histograms"))).status())
                .isEqualTo(202);
    }

    @Test
    void cyclicReferencesOfOtherThingsAreNotFoundAlike() {
        Answer unknown = jobs.post(request("ds_00000000000000000000000000"));
        Answer nonsense = jobs.post(request("' OR '1'='1"));
        assertThat(unknown.json().get("errors").get(0).get("message"))
                .isEqualTo(nonsense.json().get("errors").get(0).get("message"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=-1",
                "?limit=501",
                "?limit=1e9",
                "?limit=abc",
                "?limit=1&limit=2",
                "?after=forged",
                "?state=SLEEPING",
                "?sort=id"
            })
    void listThatCannotBeIsRefused(String query) {
        assertThat(jobs.http.get(JOBS + query).status()).isIn(400, 422);
    }

    private int plan(String changes) {
        return jobs.http
                .post(JOBS + "?validateOnly=true", request(parabola, changes).toString())
                .status();
    }

    private String detail(String changes) {
        return jobs.post(request(parabola, json(changes))).json().get("detail").stringValue();
    }

    private static void assertRefused(Answer answer, int status, String errors) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.errors()).isEqualTo(errors);
        assertThat(answer.problem()).isEqualTo(status == 400 ? "malformed-request" : "validation-failed");
    }

    private static Arguments bad(String changes, int status, String errors) {
        return Arguments.of(json(changes), status, errors);
    }

    private static String layer(int inputs, int units) {
        return ONE_LAYER.formatted(inputs, units);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
