package dev.descent.conformance;

import dev.descent.core.data.Generator;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.train.Batches;
import dev.descent.core.train.Length;
import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingObserver;
import dev.descent.core.train.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the lectures' runs have in common.
final class Runs {

    static final Initializer ZEROS = new Initializer.Zeros();

    private Runs() {}

    static LayerSpec dense(int units, Activation activation) {
        return new LayerSpec.Dense(units, activation, true, ZEROS, ZEROS);
    }

    /// A layer of one unit with one input.
    static LayerWeights one(double weight, double bias) {
        return new LayerWeights(new double[][] {{weight}}, new double[] {bias});
    }

    /// Full batches by gradient descent, from given weights or from the layers' own.
    static TrainingSpec descent(
            List<LayerSpec> layers,
            @Nullable List<LayerWeights> start,
            Loss loss,
            double learningRate,
            long steps,
            Precision precision) {
        return new TrainingSpec(
                new NetworkSpec(1, layers),
                start,
                loss,
                new Optimizer.Sgd(learningRate, 0),
                new Batches.Full(),
                new Length.Steps(steps),
                precision,
                0,
                1,
                0);
    }

    /// A generator's rows, the last column of which is the target.
    static TrainingData data(Generator generator, Precision precision) {
        List<double[]> inputs = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        try {
            generator.forEachRow(row -> {
                double[] x = new double[row.length - 1];
                System.arraycopy(row, 0, x, 0, x.length);
                inputs.add(x);
                targets.add(new double[] {row[x.length]});
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TrainingData(
                Matrix.of(precision, inputs.toArray(double[][]::new)),
                Matrix.of(precision, targets.toArray(double[][]::new)),
                null,
                null);
    }

    static void run(Trainer trainer, BooleanSupplier goesOn, Consumer<Step> onStep) {
        trainer.run(new TrainingObserver() {
            @Override
            public void onStep(Step step) {
                onStep.accept(step);
            }

            @Override
            public boolean afterStep(long steps) {
                return goesOn.getAsBoolean();
            }
        });
    }
}
