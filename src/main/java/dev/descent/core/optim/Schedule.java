package dev.descent.core.optim;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the learning rate changes from step to step, beginning with the optimizer's own.
///
/// In the formulas, `t` counts steps or epochs from 0, from the end of the warm-up where there is one. Where
/// `steps` may be null it is then the length of the run, less the warm-up. A spec is not its run: see
/// [ScheduleRun].
public sealed interface Schedule {

    long MAXIMUM_STEPS = 10_000_000_000L;

    @Nullable
    Warmup warmup();

    /// What `t` counts.
    enum Per {
        STEP,
        EPOCH
    }

    /// The optimizer's learning rate at every step.
    @Formula(value = "learningRate")
    record Constant(@Nullable Warmup warmup) implements Schedule {}

    /// A constant share of the rate is lost with every step or epoch.
    @Formula(value = "learningRate * factor^t", source = "torch.optim.lr_scheduler.ExponentialLR")
    record Exponential(
            double factor,
            @Default("step") Per per,
            @Nullable Warmup warmup) implements Schedule {
        public Exponential {
            requireFactor(factor);
        }
    }

    /// The rate falls by a factor every so often.
    @Formula(value = "learningRate * factor^floor(t / every)", source = "torch.optim.lr_scheduler.StepLR")
    record Step(
            long every,
            @Default("0.1") double factor,
            @Default("step") Per per,
            @Nullable Warmup warmup) implements Schedule {
        public Step {
            Require.between("every", every, 1, MAXIMUM_STEPS);
            requireFactor(factor);
        }
    }

    /// The rate falls by a factor at each milestone; milestones ascend, one that stands twice counts twice.
    @Formula(
            value = "learningRate * factor^(number of milestones m with m <= t)",
            source = "torch.optim.lr_scheduler.MultiStepLR")
    record MultiStep(
            List<Long> milestones,
            @Default("0.1") double factor,
            @Default("step") Per per,
            @Nullable Warmup warmup) implements Schedule {

        public static final int MAXIMUM_MILESTONES = 1000;

        public MultiStep {
            milestones = List.copyOf(milestones);
            requireFactor(factor);
            if (milestones.isEmpty() || milestones.size() > MAXIMUM_MILESTONES) {
                throw new InvalidSpec(
                        "/milestones",
                        "out-of-range",
                        "milestones must be between 1 and " + MAXIMUM_MILESTONES + " numbers",
                        milestones.size());
            }
            long before = 0;
            for (int i = 0; i < milestones.size(); i++) {
                long milestone = milestones.get(i);
                if (milestone < before || milestone > MAXIMUM_STEPS) {
                    throw new InvalidSpec(
                            "/milestones/" + i,
                            "out-of-range",
                            "a milestone must be at least the one before it (the first at least 0) and at most "
                                    + MAXIMUM_STEPS,
                            milestone);
                }
                before = milestone;
            }
        }
    }

    /// A straight line (power 1) or a curve down to the minimum, which then stays.
    @Formula(
            value = "minimum + (learningRate - minimum) * (1 - min(t, steps) / steps)^power",
            source = "torch.optim.lr_scheduler.PolynomialLR")
    record Polynomial(
            @Nullable Long steps,
            @Default("1.0") double power,
            @Default("0.0") double minimum,
            @Nullable Warmup warmup) implements Schedule {
        public Polynomial {
            requireSteps(steps);
            Require.positive("power", power);
            Require.notNegative("minimum", minimum);
        }
    }

    /// Half a cosine wave down to the minimum, which then stays.
    @Formula(
            value = "minimum + (learningRate - minimum) * (1 + cos(pi * min(t, steps) / steps)) / 2",
            source = "Loshchilov and Hutter 2017; torch.optim.lr_scheduler.CosineAnnealingLR")
    record Cosine(
            @Nullable Long steps,
            @Default("0.0") double minimum,
            @Nullable Warmup warmup) implements Schedule {
        public Cosine {
            requireSteps(steps);
            Require.notNegative("minimum", minimum);
        }
    }

    /// Half a cosine wave down, again and again, each one `multiplier` times as long as the one before.
    @Formula(
            value = "minimum + (learningRate - minimum) * (1 + cos(pi * s / T)) / 2, s steps into a wave of T = period,"
                    + " period * multiplier, period * multiplier^2, ...",
            source = "Loshchilov and Hutter 2017 (SGDR); torch.optim.lr_scheduler.CosineAnnealingWarmRestarts")
    record WarmRestarts(
            long period,
            @Default("1") int multiplier,
            @Default("0.0") double minimum,
            @Default("step") Per per,
            @Nullable Warmup warmup)
            implements Schedule {

        public static final int MAXIMUM_MULTIPLIER = 1000;

        public WarmRestarts {
            Require.between("period", period, 1, MAXIMUM_STEPS);
            Require.between("multiplier", multiplier, 1, MAXIMUM_MULTIPLIER);
            Require.notNegative("minimum", minimum);
        }
    }

    /// Up to the optimizer's learning rate and down again, far below where it began; both halves of cosine waves.
    ///
    /// `steps` is PyTorch's `total_steps`: the last step, the lowest rate of all, is step `steps - 1`.
    @Formula(
            value = "from learningRate / divideBy up to learningRate at step warm * steps - 1, then down to"
                    + " learningRate / divideBy / finalDivideBy at step steps - 1, along half a cosine each",
            source = "Smith and Topin 2018; torch.optim.lr_scheduler.OneCycleLR without its cycling of momentum")
    record OneCycle(
            @Nullable Long steps,
            @Default("0.3") double warm,
            @Default("25.0") double divideBy,
            @Default("1e4") double finalDivideBy,
            @Nullable Warmup warmup)
            implements Schedule {
        public OneCycle {
            requireSteps(steps);
            Require.fraction("warm", warm);
            Require.positive("divideBy", divideBy);
            Require.positive("finalDivideBy", finalDivideBy);
        }
    }

    /// The rate falls by a factor when the validation loss, or the mean training loss where there are no
    /// validation rows, has not improved for more than `patience` epochs; then `cooldown` epochs are not counted.
    @Formula(
            value = "rate <- max(factor * rate, minimum) after patience + 1 epochs without"
                    + " loss < best - threshold * |best|",
            source = "torch.optim.lr_scheduler.ReduceLROnPlateau (relative threshold, eps 0)")
    record ReduceOnPlateau(
            @Default("0.1") double factor,
            @Default("10") long patience,
            @Default("1e-4") double threshold,
            @Default("0") long cooldown,
            @Default("0.0") double minimum,
            @Nullable Warmup warmup)
            implements Schedule {
        public ReduceOnPlateau {
            requireFactor(factor);
            if (factor == 1) {
                throw new InvalidSpec(
                        "/factor", "out-of-range", "factor must be less than 1 to reduce the rate", factor);
            }
            Require.between("patience", patience, 0, MAXIMUM_STEPS);
            Require.fraction("threshold", threshold);
            Require.between("cooldown", cooldown, 0, MAXIMUM_STEPS);
            Require.notNegative("minimum", minimum);
        }
    }

    private static void requireFactor(double factor) {
        Require.positive("factor", factor);
        if (factor > 1) {
            throw new InvalidSpec("/factor", "out-of-range", "factor must be greater than 0 and at most 1", factor);
        }
    }

    private static void requireSteps(@Nullable Long steps) {
        if (steps != null) {
            Require.between("steps", steps, 1, MAXIMUM_STEPS);
        }
    }
}
