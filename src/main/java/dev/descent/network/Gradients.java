package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.GradientCheck;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.random.NumpyRandom;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pass of n rows through a network and back, with every number on the way.
record Gradients(
        double loss,

        @Schema(description = "Why the loss is null; null where it is a number") @Nullable
        String reason,

        List<TracedLayer> layers,
        @Schema(description = "dJ/dX (n x inputs)") double[][] inputGradient,
        @Nullable Check check) {

    /// Every gradient beside its central difference.
    record Check(
            @Schema(description = "`|a - n| / max(|a| + |n|, 1e-4 |J|)` where it is largest")
            double largestRelativeError,

            @Nullable String reason,
            int layer,

            @Schema(description = "`weights` or `biases`: where the largest error stands")
            String parameter,

            @Schema(description = "Null for a bias") @Nullable
            Integer row,

            int column,

            @Schema(description = "The central differences, in the shapes of the parameters")
            List<LayerWeights> numerical) {

        private static Check from(GradientCheck check) {
            boolean finite = Double.isFinite(check.largestRelativeError());
            return new Check(
                    check.largestRelativeError(),
                    finite ? null : "a gradient or a central difference is not a finite number",
                    check.layer(),
                    check.row() == null ? "biases" : "weights",
                    check.row(),
                    check.column(),
                    check.numerical());
        }
    }

    static Gradients of(NetworkSpec spec, GradientsRequest request) {
        requireFit(spec, request);
        Objective objective = new Objective(request.loss(), Precision.FLOAT64);
        Matrix inputs = Matrix.of(Precision.FLOAT64, request.inputs());
        Matrix targets = Matrix.of(Precision.FLOAT64, request.targets());
        NumpyRandom random = request.start().random();
        try (Network network = request.start().network(spec, inputs.rows(), random)) {
            Matrix output = network.forwardTraining(inputs, random);
            double loss = objective.evaluate(output, targets, null, network.outputGradient());
            network.backward();
            List<TracedLayer> layers = TracedLayer.of(network);
            return new Gradients(
                    loss,
                    Double.isFinite(loss) ? null : "the loss is not a finite number",
                    layers,
                    layers.getFirst().inputGradient(),
                    request.check() ? Check.from(GradientCheck.of(network, objective, inputs, targets)) : null);
        }
    }

    static void requireFit(NetworkSpec spec, GradientsRequest request) {
        int rows = request.inputs().length;
        try {
            request.loss().requireFits(spec);
        } catch (InvalidSpec mismatch) {
            throw new BatchRefused(mismatch);
        }
        Batch.requireInputs(spec, request.inputs());
        Batch.requireTargets(spec, request.loss(), request.inputs(), request.targets());
        if (rows < 2 && spec.normalizesBatches()) {
            throw new BatchRefused(new InvalidSpec(
                    "/inputs", "batch-too-small", "batch normalisation needs at least 2 rows in a batch", rows));
        }
        int perParameter = request.check() ? 3 : 2;
        long perRow = Effort.numbersPerRow(spec, 2, 3) + spec.inputs();
        Effort.requireAnswerable(rows, perRow, spec.parameters(), perParameter);
        if (request.check()) {
            Effort.requireCheckable(spec, rows);
        }
    }
}
