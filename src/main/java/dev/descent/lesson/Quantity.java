package dev.descent.lesson;

import dev.descent.core.Default;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.train.Step;
import dev.descent.training.plan.Plan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A number that a run has, and where a client reads it. Layers, units, inputs and rows are counted from 0.
sealed interface Quantity {

    Reading reading();

    /// Where it can be seen: an address, with `{job}`, `{model}` and `{network}` in it.
    String source();

    /// What the plan of the run says already; null where the run has to be seen.
    default @Nullable Double planned(Plan plan) {
        return null;
    }

    /// Whether it counts something, so that an answer is right or wrong and never nearly right.
    default boolean counts() {
        return false;
    }

    /// Weights and biases of the network.
    record Parameters() implements Quantity {
        @Override
        public Reading reading() {
            return Reading.NONE;
        }

        @Override
        public Double planned(Plan plan) {
            return (double) plan.parameters();
        }

        @Override
        public String source() {
            return "/api/v1/networks/{network}/analysis";
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    /// Batches in an epoch.
    record StepsPerEpoch() implements Quantity {
        @Override
        public Reading reading() {
            return Reading.NONE;
        }

        @Override
        public Double planned(Plan plan) {
            return (double) plan.stepsPerEpoch();
        }

        @Override
        public String source() {
            return "/api/v1/training-jobs/{job}";
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    /// The objective before the update of `step`, times `times`: over all rows where the job records that, else over
    /// the batch.
    record Loss(long step, @Default("1") double times) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atStep(step, at -> times * recorded(at));
        }

        @Override
        public String source() {
            return "/api/v1/training-jobs/{job}/loss-curve?from=" + step + "&to=" + step;
        }
    }

    /// The loss over all rows with the final weights, times `times`.
    record FinalLoss(@Default("1") double times) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atEnd(run -> times * run.trainer().trainingLoss());
        }

        @Override
        public String source() {
            return "/api/v1/models/{model}";
        }
    }

    /// The first step that begins with a loss below `value`.
    record FirstStepBelow(double value) implements Quantity {
        @Override
        public Reading reading() {
            return new Reading() {
                private long found = -1;

                @Override
                long lastStep() {
                    return Long.MAX_VALUE;
                }

                @Override
                void onStep(Step step) {
                    if (found < 0 && recorded(step) < value) {
                        found = step.index();
                    }
                }

                @Override
                void onRestart() {
                    found = -1;
                }

                @Override
                double value(Ended run) {
                    return found < 0 ? Double.NaN : found;
                }
            };
        }

        @Override
        public String source() {
            return "/api/v1/training-jobs/{job}/loss-curve";
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    /// dJ/dw of the weight from `input` to `unit`, or dJ/db of the unit where `input` is null, in `step`.
    record Gradient(
            long step, int layer, int unit, @Nullable Integer input) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atStep(step, at -> entry(at.network().gradients(), layer, unit, input));
        }

        @Override
        public String source() {
            return traced(step, layer);
        }
    }

    /// The weight from `input` to `unit`, or the unit's bias where `input` is null: before the update of `step`, or of
    /// the model where `step` is null.
    record Weight(
            @Nullable Long step,
            int layer,
            int unit,
            @Nullable Integer input) implements Quantity {
        @Override
        public Reading reading() {
            return step == null
                    ? Reading.atEnd(run -> entry(run.trainer().network().weights(), layer, unit, input))
                    : Reading.atStep(step, at -> entry(at.network().weights(), layer, unit, input));
        }

        @Override
        public String source() {
            return step == null ? "/api/v1/models/{model}/weights" : traced(step, layer);
        }
    }

    /// delta = dJ/dz of a unit for a row of the batch of `step`.
    record Delta(long step, int layer, int row, int unit) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atStep(
                    step,
                    at -> layer < at.network().layers().size()
                            ? entry(at.network().layers().get(layer).delta().toRows(), row, unit)
                            : Double.NaN);
        }

        @Override
        public String source() {
            return traced(step, layer);
        }
    }

    /// dJ/dx of an input of a row of the batch of `step`.
    record InputGradient(long step, int row, int input) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atStep(step, at -> entry(at.network().inputGradient().toRows(), row, input));
        }

        @Override
        public String source() {
            return traced(step, 0);
        }
    }

    /// Rows for which no unit of `layer` is active: all of them say 0 with the final weights.
    record InactiveRows(int layer) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atEnd(run ->
                    layer < run.trainer().network().layers().size() ? TrainedRows.inactive(run, layer) : Double.NaN);
        }

        @Override
        public String source() {
            return "/api/v1/training-jobs/{job}/diagnostics";
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    /// How many units of `layer` differ from one another with the final weights.
    record DistinctUnits(int layer) implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atEnd(run -> {
                List<LayerWeights> layers = run.trainer().network().weights();
                double[][] weights = layer < layers.size() ? layers.get(layer).weights() : null;
                if (weights == null) {
                    return Double.NaN;
                }
                double[] biases = layers.get(layer).biases();
                Set<String> units = new HashSet<>();
                for (int i = 0; i < weights.length; i++) {
                    units.add(Arrays.toString(weights[i]) + (biases == null ? "" : biases[i]));
                }
                return units.size();
            });
        }

        @Override
        public String source() {
            return "/api/v1/models/{model}/weights";
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    /// Training rows whose class the model says: of one output by its sign, of several by the largest.
    record CorrectRows() implements Quantity {
        @Override
        public Reading reading() {
            return Reading.atEnd(TrainedRows::correct);
        }

        @Override
        public String source() {
            return "/api/v1/models/{model}";
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    private static double recorded(Step step) {
        return Double.isNaN(step.datasetLoss()) ? step.batchLoss() : step.datasetLoss();
    }

    private static String traced(long step, int layer) {
        return "/api/v1/training-jobs/{job}/steps/" + step + "/trace?layer=" + layer;
    }

    private static double entry(List<LayerWeights> layers, int layer, int unit, @Nullable Integer input) {
        if (layer >= layers.size()) {
            return Double.NaN;
        }
        LayerWeights at = layers.get(layer);
        if (input != null) {
            return entry(at.weights(), unit, input);
        }
        double[] biases = at.biases();
        return biases == null ? Double.NaN : entry(new double[][] {biases}, 0, unit);
    }

    private static double entry(double @Nullable [][] rows, int i, int j) {
        return rows != null && i < rows.length && j < rows[i].length ? rows[i][j] : Double.NaN;
    }
}
