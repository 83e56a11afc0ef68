package dev.descent.model;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.tenant.Tenant;
import java.time.Instant;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/// Small models whose predictions can be worked out by hand.
record Specimens(Models models, TransactionTemplate transactions) {

    private static final Initializer ZEROS = new Initializer.Zeros();

    /// Writes and adds a model with these weights; returns its id.
    String add(Precision precision, Unweighted model, List<LayerWeights> weights) {
        try (Network network = Network.create(model.network, precision, 1, 1)) {
            network.load(weights);
            try (WrittenModel written = models.write(model.described(precision, network.digest()), network)) {
                return transactions.execute(status ->
                        models.add(Tenant.DEFAULT, written, "specimen", null).id());
            }
        }
    }

    /// A description that lacks only what the weights say.
    record Unweighted(
            NetworkSpec network,
            Encoding features,
            FittedScaling featureScaling,
            Target target,
            FittedScaling targetScaling,
            Loss loss) {

        ModelDescription described(Precision precision, String weightsSha256) {
            return new ModelDescription(
                    network,
                    precision,
                    features,
                    featureScaling,
                    target,
                    null,
                    targetScaling,
                    loss,
                    new Metrics(new Metrics.Part(100, 0.25, null, 0.9), null, null),
                    new Provenance(
                            "job_00000000000000000000000000",
                            1,
                            "{\"seed\":10}",
                            "ds_00000000000000000000000000",
                            "0".repeat(64),
                            weightsSha256,
                            100,
                            1,
                            "test",
                            Instant.EPOCH));
        }
    }

    /// Columns x and colour (red, green); x standardised with mean 10 and deviation 2; y = 100 + 5 out.
    static final Unweighted REGRESSION = new Unweighted(
            new NetworkSpec(3, List.of(dense(2, new Activation.Relu()), dense(1, new Activation.Identity()))),
            new Encoding(List.of(Heading.numeric("x"), Heading.categorical("colour", List.of("red", "green")))),
            new FittedScaling(new double[] {10, 0, 0}, new double[] {2, 1, 1}),
            Target.value(Heading.numeric("y")),
            new FittedScaling(new double[] {100}, new double[] {5}),
            new Loss.SquaredError(Reduction.MEAN, 1));

    /// a = (relu(x'), relu(red - green)), out = 2 a1 + 3 a2 + 1.
    static final List<LayerWeights> REGRESSION_WEIGHTS = List.of(
            new LayerWeights(new double[][] {{1, 0, 0}, {0, 1, -1}}, new double[] {0, 0}),
            new LayerWeights(new double[][] {{2, 3}}, new double[] {1}));

    /// One column x, classes no and yes on one logit, z = 2 x - 1.
    static final Unweighted BINARY = new Unweighted(
            new NetworkSpec(1, List.of(dense(1, new Activation.Identity()))),
            new Encoding(List.of(Heading.numeric("x"))),
            FittedScaling.identity(1),
            Target.indicator(Heading.categorical("answer", List.of("no", "yes")), new double[] {0, 1}),
            FittedScaling.identity(1),
            new Loss.BinaryCrossEntropy(Reduction.MEAN, 1));

    static final List<LayerWeights> BINARY_WEIGHTS = List.of(new LayerWeights(new double[][] {{2}}, new double[] {-1}));

    /// Two columns u and v, three classes, logits (u, v, 0).
    static final Unweighted CLASSES = new Unweighted(
            new NetworkSpec(2, List.of(dense(3, new Activation.Identity()))),
            new Encoding(List.of(Heading.numeric("u"), Heading.numeric("v"))),
            FittedScaling.identity(2),
            Target.oneHot(Heading.categorical("kind", List.of("a", "b", "c")), new double[] {0, 1, 2}),
            FittedScaling.identity(3),
            new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1));

    static final List<LayerWeights> CLASSES_WEIGHTS =
            List.of(new LayerWeights(new double[][] {{1, 0}, {0, 1}, {0, 0}}, new double[] {0, 0, 0}));

    private static LayerSpec dense(int units, Activation activation) {
        return new LayerSpec.Dense(units, activation, true, ZEROS, ZEROS);
    }
}
