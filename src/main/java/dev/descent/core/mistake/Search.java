package dev.descent.core.mistake;

import dev.descent.core.nn.LayerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for the shortest story that explains a pass back: from the last layer to the first, every
/// mistake that can be made is made, and the stories that agree with what was sent, at the least cost,
/// go on.
///
/// A mistake in delta or dx is carried through everything before it, so what follows from it costs
/// nothing more. A mistake made again in another layer is one habit, not two, and is cheap; an array
/// that nothing explains is dear.
final class Search {

    private static final double MISTAKE = 1;
    private static final double HABIT = 0.25;
    private static final double COMBINED = 0.5;

    /// What an array's own mistake costs beyond one that is carried on: carrying on explains more.
    private static final double ALONE = 0.1;

    private static final double UNEXPLAINED = 4;

    /// Costs that are as good as equal.
    static final double TIE = 0.15;

    private static final double SAME = 1e-9;
    private static final int MOST_STORIES = 24;
    private static final double WORK = 4e8;

    /// What a search may cost before the next, wider one is begun; the last finds an end.
    private static final double[] BOUNDS = {1.3, 2.8, 5.5, Double.MAX_VALUE};

    /// Searches from this one on look at arrays that nothing explains, where every state is as good as
    /// another: they keep few of them, and make one mistake at a time.
    private static final int LAST_RESORT = 2;

    private static final int FEW = 10;

    private static final Set<Mistake> NONE = EnumSet.noneOf(Mistake.class);

    private final Trace trace;
    private final Answering answering;
    private final Variants variants;
    private final Scales scales;
    private final int width;
    private double bound;
    private boolean lastResort;

    Search(Trace trace, Answering answering, @Nullable WeightUpdate update) {
        this.trace = trace;
        this.answering = answering;
        variants = new Variants(trace, update);
        scales = Scales.of(trace);
        double pass = trace.layers().stream()
                .mapToDouble(layer -> (double) trace.rows() * layer.z()[0].length * (1 + layer.x()[0].length))
                .sum();
        width = (int) Math.clamp(WORK / pass, 12, 160);
    }

    /// @param gradient dJ/da of the layer that comes next
    /// @param around delta of every residual block that is not done yet
    /// @param made every mistake in its stories
    record State(
            double cost, double[][] gradient, Map<Integer, double[][]> around, Set<Mistake> made, List<Story> stories) {

        State with(double more, double[][] gradient, Set<Mistake> made, List<Story> stories) {
            return new State(cost + more, gradient, around, made, stories);
        }
    }

    /// The cheapest states at the end, those that tie with the best; `story` says what the forward pass
    /// did.
    List<State> run(Story story) {
        State first = lossOf(new State(0, trace.outputGradient(), Map.of(), NONE, List.of(story)));
        List<State> states = List.of();
        for (int b = 0; states.isEmpty(); b++) {
            bound = first.cost + BOUNDS[b];
            lastResort = b >= LAST_RESORT;
            states = run(first);
            double best = states.isEmpty() ? 0 : states.getFirst().cost;
            states = states.stream().filter(state -> state.cost <= best + TIE).toList();
            if (b < BOUNDS.length - 1 && best + TIE > bound) {
                states = List.of();
            }
        }
        return states;
    }

    private List<State> run(State first) {
        List<State> states = List.of(first);
        for (int l = trace.size() - 1; l >= 0; l--) {
            List<State> next = new ArrayList<>();
            for (State state : states) {
                enter(l, state, next);
            }
            states = pruned(next);
        }
        return states;
    }

    /// Fits the value of the loss, which nothing is computed from.
    private State lossOf(State state) {
        Given given = answering.get(0, Quantity.LOSS);
        if (given == null) {
            return state;
        }
        double[][] value = {{trace.value()}};
        bound = Double.MAX_VALUE;
        State fitted = fit(trace.size() - 1, Quantity.LOSS, state, value, () -> List.of(Variant.right(value)));
        return fitted == null ? state : fitted;
    }

    /// Goes from dJ/da to delta in every way, and on from there.
    private void enter(int l, State state, List<State> next) {
        List<Variant> deltas = variants.delta(l, state.gradient);
        for (Variant base : deltas) {
            consider(l, state, base, next);
            for (Scales.Scale scale : scales.all()) {
                if (lastResort && !base.mistakes().isEmpty()) {
                    break;
                }
                List<Mistake> both = new ArrayList<>(base.mistakes());
                both.add(scale.mistake());
                consider(l, state, new Variant(both, base.numbers(), scale.factor()), next);
            }
        }
        Given delta = answering.get(l, Quantity.DELTA);
        if (delta != null
                && state.cost + UNEXPLAINED <= bound
                && delta.verdict() == Verdict.WRONG
                && Plain.sameShape(delta.numbers(), delta.right())) {
            Story.Fit unexplained = new Story.Fit(l, Quantity.DELTA, List.of());
            leave(
                    l,
                    state.with(UNEXPLAINED, state.gradient, state.made, then(state.stories, unexplained)),
                    delta.numbers(),
                    next,
                    false);
        }
    }

    private void consider(int l, State state, Variant variant, List<State> next) {
        double cost = cost(variant.mistakes(), state.made);
        if (state.cost + cost > bound) {
            return;
        }
        Set<Mistake> made = union(state.made, variant.mistakes());
        List<Story> stories = state.stories;
        for (Mistake mistake : variant.mistakes()) {
            stories = then(stories, new Story.Carried(new Made(mistake, l, Quantity.DELTA)));
        }
        leave(l, state.with(cost, state.gradient, made, stories), variant.product(), next, true);
    }

    /// Fits the arrays of the layer, which come from `delta`, and goes on to dx in every way.
    private void leave(int l, State before, double[][] delta, List<State> next, boolean fitDelta) {
        @Nullable State state = before;
        double[][] gradient = before.gradient;
        if (fitDelta) {
            state = fit(l, Quantity.DELTA, state, delta, () -> variants.delta(l, gradient));
        }
        if (state == null) {
            return;
        }
        LayerPass layer = trace.layer(l);
        if (layer.place().layer() instanceof LayerSpec.Residual) {
            Map<Integer, double[][]> around = new HashMap<>(state.around);
            around.put(l, delta);
            next.add(new State(state.cost, delta, around, state.made, state.stories));
            return;
        }
        Given weights = answering.get(l, Quantity.WEIGHT_GRADIENT);
        if (weights != null) {
            int rows = weights.numbers().length;
            int columns = weights.numbers()[0].length;
            state = fit(
                    l,
                    Quantity.WEIGHT_GRADIENT,
                    state,
                    layer.weightGradient(delta, layer.paired()),
                    () -> variants.weightGradient(l, gradient, delta, rows, columns));
        }
        state = state == null
                ? null
                : fit(
                        l,
                        Quantity.BIAS_GRADIENT,
                        state,
                        Plain.sumRows(delta),
                        () -> variants.biasGradient(l, gradient, delta));
        if (state == null) {
            return;
        }
        for (Variant variant : variants.inputGradient(l, delta)) {
            double cost = cost(variant.mistakes(), state.made);
            if (state.cost + cost > bound) {
                continue;
            }
            Set<Mistake> made = union(state.made, variant.mistakes());
            List<Story> stories = state.stories;
            for (Mistake mistake : variant.mistakes()) {
                stories = then(stories, new Story.Carried(new Made(mistake, l, Quantity.INPUT_GRADIENT)));
            }
            State after = state.with(cost, variant.numbers(), made, stories);
            close(trace.blocksFrom(l), 0, fitInput(l, after, next, trace.blocksFrom(l), 0), next);
        }
    }

    /// Ends the residual blocks that begin here, from the innermost out, with and without what goes
    /// around them.
    private void close(List<Integer> blocks, int from, @Nullable State state, List<State> next) {
        if (state == null) {
            return;
        }
        if (from == blocks.size()) {
            next.add(state);
            return;
        }
        int block = blocks.get(from);
        double[][] delta = state.around.getOrDefault(block, state.gradient);
        State with = state.with(0, Plain.plus(state.gradient, delta), state.made, state.stories);
        close(blocks, from + 1, fitInput(block, with, next, blocks, from + 1), next);
        List<Mistake> mistake = List.of(Mistake.MISSING_SKIP);
        if (state.cost + cost(mistake, state.made) > bound) {
            return;
        }
        State without = state.with(
                cost(mistake, state.made),
                state.gradient,
                union(state.made, mistake),
                then(state.stories, new Story.Carried(new Made(Mistake.MISSING_SKIP, block, Quantity.INPUT_GRADIENT))));
        close(blocks, from + 1, fitInput(block, without, next, blocks, from + 1), next);
    }

    /// Fits dx; where nothing explains it, what was sent goes on too.
    private @Nullable State fitInput(int l, State state, List<State> next, List<Integer> blocks, int from) {
        double[][] gradient = state.gradient;
        State fitted = fit(l, Quantity.INPUT_GRADIENT, state, gradient, () -> List.of(Variant.right(gradient)));
        Given given = answering.get(l, Quantity.INPUT_GRADIENT);
        if (given != null
                && fitted != null
                && fitted.cost >= state.cost + UNEXPLAINED
                && Plain.sameShape(given.numbers(), given.right())) {
            close(blocks, from, fitted.with(0, given.numbers(), fitted.made, fitted.stories), next);
        }
        return fitted;
    }

    private interface Alternatives {
        List<Variant> list();
    }

    /// Adds how the array that was sent agrees with `expected`, or with that after mistakes of its own;
    /// null where that costs too much.
    private @Nullable State fit(int l, Quantity quantity, State state, double[][] expected, Alternatives alternatives) {
        Given given = answering.get(l, quantity);
        if (given == null) {
            return state;
        }
        if (given.agrees(expected, 1)) {
            Story.Fit fit = new Story.Fit(l, quantity, List.of(List.of()));
            return state.with(0, state.gradient, state.made, then(state.stories, fit));
        }
        if (state.cost + ALONE + (state.made.isEmpty() ? MISTAKE : HABIT) > bound) {
            return null;
        }
        List<List<Made>> ways = ways(given, alternatives.list(), l);
        double cost = UNEXPLAINED;
        Set<Mistake> made = state.made;
        for (List<Made> way : ways) {
            List<Mistake> mistakes = way.stream().map(Made::mistake).toList();
            double one = ALONE + cost(mistakes, state.made);
            if (one < cost) {
                cost = one;
                made = union(state.made, mistakes);
            }
        }
        return state.cost + cost > bound
                ? null
                : state.with(cost, state.gradient, made, then(state.stories, new Story.Fit(l, quantity, ways)));
    }

    /// The ways in which the array agrees, all with the fewest mistakes that will do, of two at most.
    private List<List<Made>> ways(Given given, List<Variant> alternatives, int layer) {
        List<List<Made>> ways = new ArrayList<>();
        for (int mistakes = 1; mistakes <= 2 && ways.isEmpty(); mistakes++) {
            for (Variant base : alternatives) {
                int more = mistakes - base.mistakes().size();
                if (more == 0) {
                    addIf(given.agrees(base.numbers(), base.factor()), base.mistakes(), layer, given, ways);
                }
                if (more < 1) {
                    continue;
                }
                addScaled(given, base, base.numbers(), more, layer, ways);
                if (given.quantity() != Quantity.BIAS_GRADIENT && given.quantity() != Quantity.LOSS) {
                    double[][] turned = Plain.transpose(base.numbers());
                    List<Mistake> transposed = with(base.mistakes(), Mistake.TRANSPOSED);
                    if (more == 1) {
                        addIf(given.agrees(turned, 1), transposed, layer, given, ways);
                    } else {
                        addScaled(given, new Variant(transposed, turned, 1), turned, 1, layer, ways);
                    }
                }
            }
        }
        return ways;
    }

    private void addScaled(Given given, Variant base, double[][] numbers, int more, int layer, List<List<Made>> ways) {
        if (more != 1) {
            return;
        }
        for (Scales.Scale scale : scales.all()) {
            addIf(given.agrees(numbers, scale.factor()), with(base.mistakes(), scale.mistake()), layer, given, ways);
        }
    }

    private static void addIf(boolean agrees, List<Mistake> mistakes, int layer, Given given, List<List<Made>> ways) {
        if (agrees) {
            List<Made> way = mistakes.stream()
                    .map(mistake -> new Made(mistake, layer, given.quantity()))
                    .toList();
            if (!ways.contains(way)) {
                ways.add(way);
            }
        }
    }

    private static List<Mistake> with(List<Mistake> mistakes, Mistake one) {
        List<Mistake> all = new ArrayList<>(mistakes);
        all.add(one);
        return all;
    }

    private static double cost(List<Mistake> mistakes, Set<Mistake> made) {
        double cost = mistakes.size() > 1 ? COMBINED : 0;
        for (Mistake mistake : mistakes) {
            cost += made.contains(mistake) ? HABIT : MISTAKE;
        }
        return cost;
    }

    private static Set<Mistake> union(Set<Mistake> made, List<Mistake> mistakes) {
        if (made.containsAll(mistakes)) {
            return made;
        }
        Set<Mistake> all = EnumSet.copyOf(mistakes);
        all.addAll(made);
        return all;
    }

    private static List<Story> then(List<Story> stories, Story.Event event) {
        return stories.stream().map(story -> story.then(event)).toList();
    }

    /// The cheapest states; those with the same numbers become one that tells several stories.
    private List<State> pruned(List<State> states) {
        states.sort(Comparator.comparingDouble(State::cost));
        List<State> kept = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        for (State state : states) {
            if (kept.size() == (lastResort ? Math.min(FEW, width) : width)) {
                break;
            }
            double norm = Plain.norm(state.gradient);
            Integer same = same(state, norm, kept, norms);
            if (same == null) {
                kept.add(state);
                norms.add(norm);
            } else if (state.cost <= kept.get(same).cost + TIE) {
                kept.set(same, merged(kept.get(same), state));
            }
        }
        return kept;
    }

    private static @Nullable Integer same(State state, double norm, List<State> kept, List<Double> norms) {
        for (int k = 0; k < kept.size(); k++) {
            if (Math.abs(norm - norms.get(k)) <= SAME * norm
                    && same(state.gradient, kept.get(k).gradient)
                    && same(state.around, kept.get(k).around)) {
                return k;
            }
        }
        return null;
    }

    private static boolean same(Map<Integer, double[][]> left, Map<Integer, double[][]> right) {
        return left.entrySet().stream()
                .allMatch(entry -> same(entry.getValue(), right.getOrDefault(entry.getKey(), entry.getValue())));
    }

    private static boolean same(double[][] left, double[][] right) {
        double allowed = SAME * Plain.largest(left);
        return Plain.sameShape(left, right) && Plain.largest(Plain.map(left, right, (a, b) -> a - b)) <= allowed;
    }

    private static State merged(State one, State other) {
        List<Story> stories = new ArrayList<>(one.stories);
        for (Story story : other.stories) {
            if (stories.size() < MOST_STORIES) {
                stories.add(story);
            }
        }
        Set<Mistake> made = EnumSet.noneOf(Mistake.class);
        made.addAll(one.made);
        made.addAll(other.made);
        return new State(one.cost, one.gradient, one.around, made, List.copyOf(stories));
    }
}
