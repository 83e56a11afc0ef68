package dev.descent.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.Scaling;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.optim.Optimizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecWritingTest {

    record Answer(Precision precision, double loss, Float rate, double[] curve, List<Double> more, Scaling scaling) {}

    @Test
    void variantWithoutComponentsIsItsName() {
        assertThat(write(new Activation.Relu())).isEqualTo("\"relu\"");
        assertThat(write(List.of(new Scaling.None()))).isEqualTo("[\"none\"]");
    }

    @Test
    void variantWithComponentsIsAnObjectThatHoldsThemAll() {
        assertThat(write(new Optimizer.Sgd(0.1, 0))).isEqualTo("""
                {"type":"sgd","learningRate":0.1,"weightDecay":0.0}""");
        assertThat(write(new Scaling.Scale(null))).isEqualTo("""
                {"type":"scale","divisor":null}""");
    }

    @Test
    void whatIsWrittenIsReadBackAsTheSame() {
        var network = new NetworkSpec(
                3,
                List.of(
                        new LayerSpec.Dense(
                                4,
                                new Activation.Tanh(),
                                false,
                                new Initializer.Normal(0, 2),
                                new Initializer.Constant(1)),
                        new LayerSpec.Dense(
                                2,
                                new Activation.Softmax(),
                                true,
                                new Initializer.HeUniform(),
                                new Initializer.Zeros())));

        assertThat(ServiceJson.MAPPER.readValue(write(network), NetworkSpec.class))
                .isEqualTo(network);
    }

    @Test
    void numbersThatJsonDoesNotHaveAreNull() {
        var answer = new Answer(
                Precision.FLOAT32,
                Double.NaN,
                Float.POSITIVE_INFINITY,
                new double[] {1, Double.NEGATIVE_INFINITY},
                List.of(Double.NaN, 0.5),
                new Scaling.None());

        assertThat(write(answer)).isEqualTo("""
                {"precision":"float32","loss":null,"rate":null,"curve":[1.0,null],"more":[null,0.5],"scaling":"none"}""");
        assertThat(write(Map.of("a", Double.NaN))).isEqualTo("{\"a\":null}");
        assertThat(write(ServiceJson.MAPPER.createObjectNode().put("a", Double.NaN)))
                .isEqualTo("{\"a\":null}");
    }

    private static String write(Object value) {
        return ServiceJson.MAPPER.writeValueAsString(value);
    }
}
