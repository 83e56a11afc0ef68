package dev.descent.core.lint;

import java.util.function.Consumer;

/// What the losses of a run's epochs tell.
final class LossRules {

    private static final int FEWEST_EPOCHS = 10;
    private static final double CLIMB = 2; // times the least mean of a stretch
    private static final double OF_THE_FIRST = 0.1;
    private static final double JUMP = 0.02; // of the loss
    private static final double JUMP_OF_THE_FIRST = 0.001;
    private static final double TOO_LITTLE = 0.05; // of the first loss
    private static final double STEADY = 0.75;
    private static final double VALIDATION_RISE = 1.1;
    private static final int AT_BEST = 3; // epochs

    private LossRules() {}

    static void judge(LossHistory history, Moment moment, Consumer<Diagnostic> found) {
        if (history.epochs() < FEWEST_EPOCHS) {
            return;
        }
        if (climbs(history)) {
            found.accept(climbing(history, moment));
        } else if (moment.exact() && jumps(history)) {
            found.accept(jumping(history, moment));
        } else if (moment.late() && crawls(history)) {
            found.accept(crawling(history, moment));
        }
        validation(history, moment, found);
    }

    /// The mean of the latest stretches, about an eighth of the run.
    private static double latest(LossHistory history) {
        int count = Math.max(1, history.points() / 8);
        double sum = 0;
        for (int i = history.points() - count; i < history.points(); i++) {
            sum += history.training(i);
        }
        return sum / count;
    }

    private static double least(LossHistory history) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < history.points(); i++) {
            least = Math.min(least, history.training(i));
        }
        return least;
    }

    /// Whether the loss is far above what it has been, by something that counts against where it began.
    private static boolean climbs(LossHistory history) {
        double latest = latest(history);
        double least = Math.min(least(history), history.firstTraining());
        double first = Math.abs(history.firstTraining());
        return least > 0 && latest > CLIMB * least && latest - least > OF_THE_FIRST * first;
    }

    private static Diagnostic climbing(LossHistory history, Moment moment) {
        double latest = latest(history);
        double least = Math.min(least(history), history.firstTraining());
        return new Diagnostic(
                Rule.LEARNING_RATE_TOO_HIGH,
                Severity.WARNING,
                moment.step(),
                null,
                new Evidence()
                        .with("learningRate", moment.learningRate())
                        .with("firstLoss", history.firstTraining())
                        .with("leastLoss", least)
                        .with("latestLoss", latest)
                        .with("epochs", history.epochs())
                        .found(),
                Evidence.format(
                        "the training loss has climbed from %.4g to %.4g in %d epochs, at learning rate %.3g",
                        least, latest, history.epochs(), moment.learningRate()));
    }

    /// Whether the loss goes up and down with every step: each of the latest differences has another sign than the one
    /// before.
    private static boolean jumps(LossHistory history) {
        if (history.epochs() < LossHistory.RECENT) {
            return false;
        }
        int turns = 0;
        for (int back = 0; back + 2 < LossHistory.RECENT; back++) {
            double after = history.recent(back) - history.recent(back + 1);
            double before = history.recent(back + 1) - history.recent(back + 2);
            turns += after * before < 0 ? 1 : 0;
        }
        return turns >= LossHistory.RECENT - 3
                && jump(history) > JUMP * Math.abs(mean(history))
                && jump(history) > JUMP_OF_THE_FIRST * Math.abs(history.firstTraining());
    }

    private static double jump(LossHistory history) {
        double sum = 0;
        for (int back = 0; back + 1 < LossHistory.RECENT; back++) {
            sum += Math.abs(history.recent(back) - history.recent(back + 1));
        }
        return sum / (LossHistory.RECENT - 1);
    }

    private static double mean(LossHistory history) {
        double sum = 0;
        for (int back = 0; back < LossHistory.RECENT; back++) {
            sum += history.recent(back);
        }
        return sum / LossHistory.RECENT;
    }

    private static Diagnostic jumping(LossHistory history, Moment moment) {
        double jump = jump(history);
        double mean = mean(history);
        return new Diagnostic(
                Rule.LEARNING_RATE_TOO_HIGH,
                Severity.WARNING,
                moment.step(),
                null,
                new Evidence()
                        .with("learningRate", moment.learningRate())
                        .with("meanLoss", mean)
                        .with("meanJump", jump)
                        .with("epochs", (long) LossHistory.RECENT)
                        .found(),
                Evidence.format(
                        "over the last %d epochs the training loss jumped up and down in turn, by %.3g around %.4g: steps at"
                                + " learning rate %.3g go across the valley instead of along it",
                        LossHistory.RECENT, jump, mean, moment.learningRate()));
    }

    /// Whether the loss has fallen by little, at a speed that has not slackened.
    private static boolean crawls(LossHistory history) {
        int last = history.points() - 1;
        double first = history.training(0);
        double fallen = first - history.training(last);
        double inSecondHalf = history.training(last / 2) - history.training(last);
        double inLastQuarter = history.training(last - last / 4) - history.training(last);
        return fallen > 0
                && first > 0
                && fallen < TOO_LITTLE * first
                && inSecondHalf > STEADY * fallen / 2
                && inLastQuarter > STEADY * fallen * (last / 4) / last
                && falls(history);
    }

    /// Whether nearly each point is below the one before.
    private static boolean falls(LossHistory history) {
        int downs = 0;
        for (int i = 1; i < history.points(); i++) {
            downs += history.training(i) < history.training(i - 1) ? 1 : 0;
        }
        return downs >= 0.9 * (history.points() - 1);
    }

    private static Diagnostic crawling(LossHistory history, Moment moment) {
        double first = history.training(0);
        double latest = history.training(history.points() - 1);
        return new Diagnostic(
                Rule.LEARNING_RATE_TOO_LOW,
                Severity.WARNING,
                moment.step(),
                null,
                new Evidence()
                        .with("learningRate", moment.learningRate())
                        .with("firstLoss", first)
                        .with("latestLoss", latest)
                        .with("epochs", history.epochs())
                        .found(),
                Evidence.format(
                        "in %d epochs the training loss has fallen by %.2g %% of what it was (%.6g to %.6g), and it is still"
                                + " falling as fast as at first: steps at learning rate %.3g are too short",
                        history.epochs(), 100 * (first - latest) / first, first, latest, moment.learningRate()));
    }

    /// The mean of a few epochs from the best on: one that is low by chance is not what the loss was there.
    private static double atBest(LossHistory history, int latest) {
        int best = (int) ((history.bestEpoch() - 1) / history.stride());
        int points = (int) Math.ceilDiv(AT_BEST, history.stride());
        int to = Math.max(best + 1, Math.min(best + points, history.points() - latest));
        double sum = 0;
        for (int i = best; i < to; i++) {
            sum += history.validation(i);
        }
        return sum / (to - best);
    }

    /// Whether the validation loss has risen since it was least, for a tenth of the run or ten epochs, while the
    /// training loss has gone on falling.
    private static void validation(LossHistory history, Moment moment, Consumer<Diagnostic> found) {
        double best = history.bestValidation();
        long since = history.epochs() - history.bestEpoch();
        if (!(best > 0) || Double.isInfinite(best) || since < Math.max(FEWEST_EPOCHS, history.epochs() / 10)) {
            return;
        }
        int points = (int) Math.max(1, Math.min(history.points(), since / 2 / history.stride()));
        double latest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = history.points() - points; i < history.points(); i++) {
            latest += history.validation(i) / points;
            least = Math.min(least, history.validation(i));
        }
        double training = history.training(history.points() - 1);
        boolean rises = least > best
                && latest > VALIDATION_RISE * atBest(history, points)
                && latest - best > 0.01 * Math.abs(history.firstValidation());
        if (rises && training < 0.98 * history.trainingAtBest()) {
            found.accept(new Diagnostic(
                    Rule.VALIDATION_RISES,
                    Severity.WARNING,
                    moment.step(),
                    null,
                    new Evidence()
                            .with("bestEpoch", history.bestEpoch())
                            .with("epochs", history.epochs())
                            .with("bestValidationLoss", best)
                            .with("latestValidationLoss", latest)
                            .with("trainingLossThen", history.trainingAtBest())
                            .with("latestTrainingLoss", training)
                            .found(),
                    Evidence.format(
                            "since epoch %d the validation loss has risen from %.4g to %.4g, while the training loss has"
                                    + " fallen from %.4g to %.4g",
                            history.bestEpoch(), best, latest, history.trainingAtBest(), training)));
        }
    }
}
