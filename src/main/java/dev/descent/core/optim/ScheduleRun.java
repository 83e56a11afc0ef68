package dev.descent.core.optim;

/// A schedule at work: the learning rate of every step of one run.
///
/// All but [Schedule.ReduceOnPlateau] are pure functions of the step, so a run may begin anywhere.
public final class ScheduleRun {

    private final Schedule schedule;
    private final double base;
    private final long stepsPerEpoch;
    private final long warmSteps;
    private final double warmFrom;
    private final long steps;
    private final Plateau plateau;

    private ScheduleRun(Schedule schedule, double base, long totalSteps, long stepsPerEpoch) {
        this.schedule = schedule;
        this.base = base;
        this.stepsPerEpoch = stepsPerEpoch;
        Warmup warmup = schedule.warmup();
        warmSteps = warmup == null ? 0 : warmup.steps();
        warmFrom = warmup == null ? 1 : warmup.from();
        Long given = switch (schedule) {
            case Schedule.Polynomial polynomial -> polynomial.steps();
            case Schedule.Cosine cosine -> cosine.steps();
            case Schedule.OneCycle cycle -> cycle.steps();
            case Schedule.Constant _,
                    Schedule.Exponential _,
                    Schedule.Step _,
                    Schedule.MultiStep _,
                    Schedule.WarmRestarts _,
                    Schedule.ReduceOnPlateau _ -> null;
        };
        steps = given == null ? Math.max(totalSteps - warmSteps, 1) : given;
        plateau = new Plateau(base);
    }

    /// The schedule of a run of `totalSteps` steps, `stepsPerEpoch` an epoch, whose optimizer asks for the rate
    /// `base`.
    public static ScheduleRun start(Schedule schedule, double base, long totalSteps, long stepsPerEpoch) {
        return new ScheduleRun(schedule, base, totalSteps, stepsPerEpoch);
    }

    /// The rate that the step `step`, counted from 0, uses.
    public double rate(long step) {
        if (step < warmSteps) {
            return scheduled(0, 0) * (warmFrom + (1 - warmFrom) * ((double) step / warmSteps));
        }
        long epochs = step / stepsPerEpoch - warmSteps / stepsPerEpoch;
        return scheduled(step - warmSteps, epochs);
    }

    /// Tells [Schedule.ReduceOnPlateau] the loss that it watches, once an epoch; the others do not listen.
    public void onEpoch(double loss) {
        if (schedule instanceof Schedule.ReduceOnPlateau rule) {
            plateau.onEpoch(rule, loss);
        }
    }

    /// Takes `walk` past what [Schedule.ReduceOnPlateau] remembers; the others remember nothing.
    public void walk(StateWalk walk) {
        if (schedule instanceof Schedule.ReduceOnPlateau) {
            plateau.walk(walk);
        }
    }

    /// The rate of the schedule's own step `step`, the `epoch`-th epoch since its beginning.
    private double scheduled(long step, long epoch) {
        return switch (schedule) {
            case Schedule.Constant _ -> base;
            case Schedule.Exponential rule -> base * Powers.of(rule.factor(), time(rule.per(), step, epoch));
            case Schedule.Step rule -> base * Powers.of(rule.factor(), time(rule.per(), step, epoch) / rule.every());
            case Schedule.MultiStep rule ->
                base * Powers.of(rule.factor(), passed(rule, time(rule.per(), step, epoch)));
            case Schedule.Polynomial rule -> {
                double left = 1 - (double) Math.min(step, steps) / steps;
                yield rule.minimum() + (base - rule.minimum()) * Powers.of(left, rule.power());
            }
            case Schedule.Cosine rule -> cosine(base, rule.minimum(), (double) Math.min(step, steps) / steps);
            case Schedule.WarmRestarts rule -> restarting(rule, time(rule.per(), step, epoch));
            case Schedule.OneCycle rule -> cycling(rule, Math.min(step, steps - 1));
            case Schedule.ReduceOnPlateau _ -> plateau.rate;
        };
    }

    private static long time(Schedule.Per per, long step, long epoch) {
        return switch (per) {
            case STEP -> step;
            case EPOCH -> epoch;
        };
    }

    private static int passed(Schedule.MultiStep rule, long time) {
        int count = 0;
        while (count < rule.milestones().size() && rule.milestones().get(count) <= time) {
            count++;
        }
        return count;
    }

    private double restarting(Schedule.WarmRestarts rule, long time) {
        long period = rule.period();
        long since = time;
        if (rule.multiplier() == 1) {
            since %= period;
        }
        while (since >= period) {
            since -= period;
            period *= rule.multiplier();
        }
        return cosine(base, rule.minimum(), (double) since / period);
    }

    private double cycling(Schedule.OneCycle rule, long step) {
        double lowest = base / rule.divideBy();
        double peak = rule.warm() * steps - 1;
        if (step <= peak) {
            return cosine(lowest, base, peak == 0 ? 1 : step / peak);
        }
        return cosine(base, lowest / rule.finalDivideBy(), (step - peak) / (steps - 1 - peak));
    }

    /// From `start` (fraction 0) to `end` (fraction 1) along half a cosine wave.
    private static double cosine(double start, double end, double fraction) {
        return end + (start - end) / 2 * (1 + cosine(fraction));
    }

    /// `cos(pi x)` for x from 0 to 1, within an ulp or two of 1; `StrictMath.cos` makes an array at every call.
    private static double cosine(double x) {
        if (x < 0.25) {
            return series(1, StrictMath.PI * x);
        }
        if (x <= 0.75) {
            double y = StrictMath.PI * (0.5 - x);
            return y * series(2, y);
        }
        return -series(1, StrictMath.PI * (1 - x));
    }

    /// `1 - y^2 / (n (n + 1)) * (1 - y^2 / ((n + 2) (n + 3)) * (1 - ...))`: cos y for n = 1, sin(y) / y for n = 2;
    /// nine terms are enough up to pi / 4.
    private static double series(int n, double y) {
        double sum = 1;
        for (int k = n + 16; k >= n; k -= 2) {
            sum = 1 - y * y * sum / (k * (k + 1));
        }
        return sum;
    }

    /// What [Schedule.ReduceOnPlateau] remembers.
    private static final class Plateau {

        private double rate;
        private double best = Double.POSITIVE_INFINITY;
        private long bad;
        private long cooling;

        Plateau(double rate) {
            this.rate = rate;
        }

        void walk(StateWalk walk) {
            rate = walk.number("schedule.rate", rate);
            best = walk.number("schedule.best", best);
            bad = walk.integer("schedule.bad", bad, 0, Long.MAX_VALUE);
            cooling = walk.integer("schedule.cooling", cooling, 0, Long.MAX_VALUE);
        }

        void onEpoch(Schedule.ReduceOnPlateau rule, double loss) {
            double wanted = Double.isInfinite(best) ? best : best - rule.threshold() * Math.abs(best);
            if (loss < wanted) {
                best = loss;
                bad = 0;
            } else {
                bad++; // NaN is no improvement
            }
            if (cooling > 0) {
                cooling--;
                bad = 0;
            }
            if (bad > rule.patience()) {
                rate = Math.min(rate, Math.max(rate * rule.factor(), rule.minimum()));
                cooling = rule.cooldown();
                bad = 0;
            }
        }
    }
}
