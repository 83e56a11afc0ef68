package dev.descent.lesson;

import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import java.util.function.ToDoubleFunction;

/// Reads one number off a run that is taken again. NaN says that the run has no such number.
abstract class Reading {

    /// The run when it is over; its network has the weights of the model, and room for `capacity` rows.
    record Ended(Trainer trainer, TrainingData data, int capacity) {}

    /// Of what is known without the run.
    static final Reading NONE = atStep(-1, step -> Double.NaN);

    /// The last step that has to be taken for it.
    abstract long lastStep();

    /// As of `TrainingObserver`.
    void onStep(Step step) {}

    /// The run has diverged and begins again.
    void onRestart() {}

    abstract double value(Ended run);

    static Reading atStep(long wanted, ToDoubleFunction<Step> number) {
        return new Reading() {
            private double value = Double.NaN;

            @Override
            long lastStep() {
                return wanted;
            }

            @Override
            void onStep(Step step) {
                if (step.index() == wanted) {
                    value = number.applyAsDouble(step);
                }
            }

            @Override
            void onRestart() {
                value = Double.NaN;
            }

            @Override
            double value(Ended run) {
                return value;
            }
        };
    }

    static Reading atEnd(ToDoubleFunction<Ended> number) {
        return new Reading() {
            @Override
            long lastStep() {
                return Long.MAX_VALUE;
            }

            @Override
            double value(Ended run) {
                return number.applyAsDouble(run);
            }
        };
    }
}
