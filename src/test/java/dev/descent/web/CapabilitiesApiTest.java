package dev.descent.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.BootedService;
import dev.descent.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BootedService
class CapabilitiesApiTest {

    private final JsonNode capabilities;

    CapabilitiesApiTest(@LocalServerPort int port) {
        capabilities = new Client(port).get("/api/v1/capabilities").json();
    }

    /// The contract's own lists.
    @ParameterizedTest
    @CsvSource({
        "activations, identity relu leakyRelu relu6 elu selu sigmoid hardSigmoid tanh softplus softsign gelu geluTanh"
                + " swish mish sine polynomial softmax",
        "initializers, zeros constant normal uniform truncatedNormal glorotUniform glorotNormal heUniform heNormal"
                + " lecunUniform lecunNormal orthogonal scaledNormal",
        "losses, squaredError absoluteError huber binaryCrossEntropy softmaxCrossEntropy gaussianNegativeLogLikelihood"
                + " mixtureDensity weightedSum",
        "optimizers, sgd momentum nesterov rmsProp adagrad adadelta adam amsGrad adamW adamax nadam radam rprop lbfgs"
                + " kfac shampoo",
        "schedules, constant exponential step multiStep polynomial cosine warmRestarts oneCycle reduceOnPlateau",
        "layers, dense dropout batchNormalization residual",
        "batches, full shuffled sampled",
        "gradientClipping, value norm",
        "earlyStopping, lossChange validationLoss",
        "onDivergence, fail restart",
        "metrics, accuracy errorRate r2"
    })
    void everyNameOfTheContractIsThere(String list, String names) {
        List<String> types = new ArrayList<>();
        capabilities
                .get(list)
                .forEach(capability -> types.add(capability.get("type").stringValue()));
        assertThat(types).containsExactlyInAnyOrder(names.split(" "));
    }

    @Test
    void eachComesWithItsFormulaAndEachParameterWithItsDefaultOrTheWordThatItIsRequired() {
        int seen = 0;
        for (JsonNode list : capabilities) {
            for (JsonNode capability : list.isArray() ? list : List.of(list)) {
                assertThat(capability.get("formula").stringValue())
                        .as("%s", capability)
                        .isNotBlank();
                Stream<JsonNode> parameters = capability.get("parameters").valueStream();
                assertThat(parameters).allSatisfy(parameter -> {
                    assertThat(parameter.get("name").stringValue()).isNotBlank();
                    assertThat(parameter.get("required").booleanValue()
                                    && !parameter.get("default").isNull())
                            .isFalse();
                });
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(75);
    }

    @Test
    void allButDoingNothingHasASource() {
        List<String> without = new ArrayList<>();
        for (JsonNode list : capabilities) {
            for (JsonNode capability : list.isArray() ? list : List.of(list)) {
                if (capability.get("source").isNull()) {
                    without.add(capability.get("type").stringValue());
                }
            }
        }
        assertThat(without).containsExactly("constant", "fail", "none");
    }

    @Test
    void defaultsAreWhatARequestWouldSay() {
        JsonNode adam = named("optimizers", "adam");
        assertThat(parameter(named("optimizers", "sgd"), "learningRate")
                        .get("required")
                        .booleanValue())
                .isTrue();
        assertThat(parameter(adam, "beta2").get("default").doubleValue()).isEqualTo(0.999);
        JsonNode dense = named("layers", "dense");
        assertThat(parameter(dense, "activation").get("default").stringValue()).isEqualTo("identity");
        assertThat(parameter(dense, "activation").get("type").stringValue()).isEqualTo("activation");
        JsonNode loss = parameter(named("losses", "squaredError"), "reduction");
        assertThat(loss.get("allowed").toString()).isEqualTo("[\"mean\",\"sum\"]");
    }

    private JsonNode named(String list, String type) {
        return capabilities
                .get(list)
                .valueStream()
                .filter(capability -> capability.get("type").stringValue().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode parameter(JsonNode capability, String name) {
        return capability
                .get("parameters")
                .valueStream()
                .filter(parameter -> parameter.get("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
