package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.BatchNormalizationLayer;
import dev.descent.core.nn.DropoutLayer;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.OptimizerRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lets a run come to one step and copies what passes by: the passes when they are done, the update
/// when it is.
final class StepTracer implements TrainingObserver {

    private final Trainer trainer;
    private final int restarts;
    private final long wanted;
    private final Excerpt excerpt;
    private final BooleanSupplier goesOn;
    private final List<Passed> layers = new ArrayList<>();
    private @Nullable Passes passes;
    private @Nullable Updated updated;
    private @Nullable Outcome over;

    StepTracer(Trainer trainer, int restarts, long wanted, Excerpt excerpt, BooleanSupplier goesOn) {
        this.trainer = trainer;
        this.restarts = restarts;
        this.wanted = wanted;
        this.excerpt = excerpt;
        this.goesOn = goesOn;
    }

    /// What is known before the update.
    private record Passes(
            long epoch,
            double learningRate,
            double loss,
            double penalty,
            double objective,
            double datasetLoss,
            StepTrace.Batch batch,
            Matrix outputGradient,
            double norm,
            Map<String, Double> numbers) {}

    /// A layer before the update, and after it.
    private static final class Passed {

        private final Layer layer;
        private final StepTrace.Layer before;
        private StepTrace.@Nullable Trained weights;
        private StepTrace.@Nullable Trained biases;

        Passed(Layer layer, StepTrace.Layer before) {
            this.layer = layer;
            this.before = before;
            weights = before.weights();
            biases = before.biases();
        }

        StepTrace.Layer trace() {
            return new StepTrace.Layer(
                    before.place(),
                    before.input(),
                    before.mean(),
                    before.variance(),
                    before.mask(),
                    before.preActivation(),
                    before.activation(),
                    before.delta(),
                    before.inputGradient(),
                    weights,
                    biases,
                    before.statistics());
        }
    }

    private record Updated(double clippedNorm, Map<String, Double> numbers) {}

    @Override
    public void onStep(Step step) {
        if (step.index() != wanted || trainer.restarts() != restarts) {
            return;
        }
        Network network = step.network();
        Attempt run = trainer.current();
        BatchSource batch = run.batches();
        for (Layer layer : network.layers()) {
            if (excerpt.has(layer.place())) {
                layers.add(new Passed(layer, before(layer, network.inputGradient(layer), run.optimizer())));
            }
        }
        Layer last = network.layers().getLast();
        Matrix slopes = Matrix.create(
                network.precision(), last.activation().rows(), last.activation().columns(), Layout.BY_COLUMNS);
        double loss = trainer.objective().evaluate(last.activation(), batch.targets(), batch.weights(), slopes);
        passes = new Passes(
                step.epoch(),
                step.learningRate(),
                loss,
                run.penalty(),
                step.batchLoss(),
                step.datasetLoss(),
                batch(batch),
                rows(slopes),
                norm(network),
                run.optimizer().numbers());
    }

    @Override
    public void onUpdate() {
        if (passes == null || over != null) {
            return;
        }
        Attempt run = trainer.current();
        for (Passed passed : layers) {
            passed.weights = after(passed.weights, passed.layer.weights(), run);
            passed.biases = after(passed.biases, passed.layer.biases(), run);
        }
        updated = new Updated(norm(trainer.network()), run.optimizer().numbers());
    }

    @Override
    public boolean afterStep(long steps) {
        return passes == null && over == null && goesOn.getAsBoolean();
    }

    /// The beginning that is meant was over when the run began again.
    @Override
    public void onRestart(Outcome outcome, double learningRate) {
        if (over == null && trainer.restarts() > restarts) {
            over = outcome;
        }
    }

    /// The step, after a run that ended so; null where it did not come to it.
    @Nullable
    StepTrace trace(Outcome outcome) {
        Passes seen = passes;
        if (seen == null && over != null) {
            throw new InvalidSpec(
                    "/step",
                    "out-of-range",
                    "the run diverged in step " + over.steps() + " and began again: before that it has the steps 0 to "
                            + over.steps(),
                    wanted);
        }
        if (seen == null) {
            return null;
        }
        Updated update = updated;
        return new StepTrace(
                wanted,
                seen.epoch(),
                seen.learningRate(),
                seen.loss(),
                seen.penalty(),
                seen.objective(),
                seen.datasetLoss(),
                seen.batch(),
                seen.outputGradient(),
                layers.stream().map(Passed::trace).toList(),
                update == null || !trainer.clips() ? null : new StepTrace.Clipping(seen.norm(), update.clippedNorm()),
                seen.numbers(),
                update == null ? null : update.numbers(),
                (over == null ? outcome : over).divergence());
    }

    private StepTrace.Batch batch(BatchSource batch) {
        Matrix weights = batch.weights();
        int size = batch.inputs().rows();
        return new StepTrace.Batch(
                size,
                excerpt.firstRow(),
                IntStream.range(0, excerpt.rowsOf(size))
                        .mapToObj(i -> batch.row(excerpt.firstRow() + i))
                        .toList(),
                rows(batch.inputs().gathered()),
                rows(batch.targets()),
                weights == null ? null : rows(weights));
    }

    private StepTrace.Layer before(Layer layer, Matrix inputGradient, OptimizerRun optimizer) {
        var normalization = layer instanceof BatchNormalizationLayer kind ? kind : null;
        Matrix mask = layer instanceof DropoutLayer dropout ? dropout.mask() : null;
        Matrix preActivation = rows(layer.preActivation());
        return new StepTrace.Layer(
                layer.place(),
                rows(layer.input()),
                normalization == null ? null : whole(normalization.mean()),
                normalization == null ? null : whole(normalization.variance()),
                mask == null ? null : rows(mask),
                preActivation,
                layer.activation() == layer.preActivation() ? preActivation : rows(layer.activation()),
                rows(layer.delta()),
                rows(inputGradient),
                before(layer.weights(), optimizer),
                before(layer.biases(), optimizer),
                layer.statistics().stream().map(StepTracer::whole).toList());
    }

    private static StepTrace.@Nullable Trained before(@Nullable Parameter parameter, OptimizerRun optimizer) {
        return parameter == null
                ? null
                : new StepTrace.Trained(
                        parameter.role(),
                        whole(parameter.value()),
                        whole(parameter.gradient()),
                        null,
                        null,
                        optimizer.slots(parameter),
                        List.of());
    }

    private StepTrace.@Nullable Trained after(
            StepTrace.@Nullable Trained before, @Nullable Parameter parameter, Attempt run) {
        return before == null || parameter == null
                ? null
                : new StepTrace.Trained(
                        before.role(),
                        before.before(),
                        before.gradient(),
                        trainer.clips() ? whole(parameter.gradient()) : null,
                        whole(parameter.value()),
                        before.slotsBefore(),
                        run.optimizer().slots(parameter));
    }

    private static double norm(Network network) {
        double sum = 0;
        for (Parameter parameter : network.parameters()) {
            sum += parameter.gradient().squaredNorm();
        }
        return Math.sqrt(sum);
    }

    private Matrix rows(Matrix batch) {
        int count = excerpt.rowsOf(batch.rows());
        Matrix copy = Matrix.create(batch.precision(), count, batch.columns(), Layout.BY_ROWS);
        copy.copyRows(batch, Math.min(excerpt.firstRow(), batch.rows()), count);
        return copy;
    }

    private static Matrix whole(Matrix matrix) {
        Matrix copy = Matrix.create(matrix.precision(), matrix.rows(), matrix.columns(), Layout.BY_ROWS);
        copy.copy(matrix);
        return copy;
    }
}
