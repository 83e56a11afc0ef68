package dev.descent.core.lint;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.Batches;
import dev.descent.core.train.Divergence;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Watches one run, and says what seems wrong with it. Changes none of its bits, and says the same of the same run.
///
/// It looks at the network when the run has trained 64 times as many rows as it looks at, then each time that number
/// has doubled, and at the end: the longer the run, the less of it. A finding is told when it is there twice in a row,
/// or
/// at the end; once, and again only when it has become worse. A step costs two comparisons, an epoch an addition.
public final class Linter {

    /// Rows trained before the first look, in rows looked at.
    private static final long ROWS_BETWEEN = 64;

    private static final long FIRST_JUDGEMENT = 10;

    private final TrainingSpec spec;
    private final Sample sample;
    private final Sight sight;
    private final Network network;
    private final List<Check> checks = List.of(
            new DeadUnits(), new InactiveRows(), new IdenticalUnits(), new SaturatedUnits(), new GradientFlow());
    private final LossHistory history = new LossHistory();
    private List<Diagnostic> told = List.of(); // replaced, never changed
    private final int batch;
    private final boolean exact;
    private final long steps;
    private final long firstLook;
    private Set<String> seenBefore = new LinkedHashSet<>();
    private Set<String> judgedBefore = new LinkedHashSet<>();
    private long nextLook;
    private long nextJudgement = FIRST_JUDGEMENT;
    private double learningRate;
    private double loss;

    /// What a linter has to know to go on where it was.
    ///
    /// @param told in the order in which it was
    /// @param seenBefore what was seen the last time
    /// @param judgedBefore the same of losses
    /// @param losses of the epochs, in base 64
    public record State(List<Diagnostic> told, List<String> seenBefore, List<String> judgedBefore, String losses) {}

    /// @param network of the run, between whose steps the linter is called
    /// @param inputNames what each input is called
    /// @param rowNumbers what each training row is called
    public Linter(TrainingSpec spec, TrainingData data, Network network, List<String> inputNames, int[] rowNumbers) {
        this.spec = spec;
        this.network = network;
        batch = spec.batchSize(data.rows());
        sample = new Sample(data.training(), spec.precision(), batch, inputNames, rowNumbers);
        sight = new Sight(spec, sample);
        steps = spec.steps(data.rows());
        firstLook = Math.ceilDiv(ROWS_BETWEEN * sample.size(), (long) batch);
        nextLook = firstLook;
        exact = spec.batches() instanceof Batches.Full
                && spec.network().placedLayers().stream()
                        .noneMatch(place -> place.layer() instanceof LayerSpec.Dropout);
    }

    /// Bytes that the linter of such a run takes.
    public static long bytes(TrainingSpec spec, int trainingRows) {
        long rows = Sample.size(trainingRows);
        long outputs = spec.network().outputs();
        long width = (long) spec.network().inputs() + spec.loss().targets((int) outputs) + 2;
        long units = spec.network().placedLayers().stream()
                .mapToLong(place -> place.units())
                .sum();
        return 2 * rows * width * Double.BYTES + 64 * units + 1024;
    }

    /// Says what can be said before the first step.
    public void begin() {
        StaticRules.judge(spec, sample, this::tell);
    }

    /// Goes on where a linter of the same run was, which has made `made` updates.
    public void resume(State state, long made) {
        told = List.copyOf(state.told());
        seenBefore = new LinkedHashSet<>(state.seenBefore());
        judgedBefore = new LinkedHashSet<>(state.judgedBefore());
        history.restore(Base64.getDecoder().decode(state.losses()));
        nextLook = lookAfter(made);
        nextJudgement = judgementAfter(history.epochs());
    }

    /// Begins in the middle of a run of which nothing is known, as a fork does.
    public void beginAt(long made) {
        begin();
        nextLook = lookAfter(made);
    }

    public State state() {
        return new State(
                told,
                List.copyOf(seenBefore),
                List.copyOf(judgedBefore),
                Base64.getEncoder().encodeToString(history.save()));
    }

    /// All that was told, in order: the same list until there is more. Of one rule and layer, each is worse than the
    /// one before.
    public List<Diagnostic> told() {
        return told;
    }

    private long lookAfter(long made) {
        long look = firstLook;
        while (look <= made && look < Long.MAX_VALUE / 2) {
            look *= 2;
        }
        return look;
    }

    private static long judgementAfter(long epochs) {
        long next = FIRST_JUDGEMENT;
        while (next <= epochs) {
            next += Math.max(8, next / 8);
        }
        return next;
    }

    /// Within a step, before its update.
    public void onStep(Step step) {
        learningRate = step.learningRate();
        loss = step.batchLoss();
        long made = step.index() + 1;
        if (made == nextLook || made == steps) {
            sight.seeGradients(step.network());
        }
    }

    /// Whether [#look] is to be called now that so many updates were made.
    public boolean isDue(long made) {
        return made == nextLook && made < steps;
    }

    /// Between two steps.
    public void look(long made) {
        nextLook = lookAfter(made);
        look(made, false);
    }

    private void look(long made, boolean last) {
        Observation seen = sight.look(network, made, firstLoss());
        List<Diagnostic> found = new ArrayList<>();
        for (Check check : checks) {
            check.check(seen, found::add);
        }
        seenBefore = confirm(found, seenBefore, last);
    }

    /// Of as many rows as are looked at.
    private double firstLoss() {
        double rows = spec.loss().reduction() == Reduction.SUM ? (double) sample.size() / batch : 1;
        return history.epochs() == 0 ? Double.NaN : rows * history.firstTraining();
    }

    /// Tells what was there before too; returns what is there now.
    private Set<String> confirm(List<Diagnostic> found, Set<String> before, boolean last) {
        Set<String> now = new LinkedHashSet<>();
        for (Diagnostic one : found) {
            now.add(one.key());
            if (last || before.contains(one.key())) {
                tell(one);
            }
        }
        return now;
    }

    public void onEpoch(Epoch epoch) {
        history.add(epoch.trainingLoss(), epoch.validationLoss());
        if (history.epochs() >= nextJudgement) {
            nextJudgement = judgementAfter(history.epochs());
            judge(epoch.steps(), false);
        }
    }

    private void judge(long made, boolean last) {
        List<Diagnostic> found = new ArrayList<>();
        LossRules.judge(history, new Moment(made, learningRate, exact, 2 * made >= steps), found::add);
        judgedBefore = confirm(found, judgedBefore, last);
    }

    /// When the run has come to its end after so many updates, and has not diverged.
    public void onEnd(long made) {
        look(made, true);
        judge(made, true);
    }

    /// When the run has diverged: for good, or to begin again.
    public void onDivergence(Outcome outcome, boolean again) {
        Divergence divergence = outcome.divergence();
        if (divergence == null) {
            return;
        }
        String place = divergence.place().name().toLowerCase(Locale.ROOT);
        tell(new Diagnostic(
                Rule.DIVERGENCE,
                again ? Severity.WARNING : Severity.ERROR,
                divergence.step(),
                divergence.layer(),
                new Evidence()
                        .with("step", divergence.step())
                        .with("place", place)
                        .with("learningRate", learningRate)
                        .with("batchLoss", loss)
                        .found(),
                Evidence.format(
                        "in step %d a number of layer %d (%s) stopped being finite, at learning rate %.3g",
                        divergence.step(), divergence.layer(), place, learningRate)));
        if (again) {
            history.clear();
            seenBefore = new LinkedHashSet<>();
            judgedBefore = new LinkedHashSet<>();
            nextLook = firstLook;
            nextJudgement = FIRST_JUDGEMENT;
        }
    }

    private void tell(Diagnostic one) {
        if (told.stream().noneMatch(one::repeats)) {
            List<Diagnostic> all = new ArrayList<>(told);
            all.add(one);
            told = List.copyOf(all);
        }
    }

    /// `x0`, `x1` and so on, for inputs without names.
    static List<String> inputNames(int count) {
        return IntStream.range(0, count).mapToObj(i -> "x" + i).toList();
    }
}
