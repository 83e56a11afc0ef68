package dev.descent.core.mistake;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is right and wrong in somebody's numbers, and what was done to get them.
///
/// @param judgements one for each array that was sent, in the order of computation of a forward pass
/// @param stories the fewest mistakes that make these numbers: more than one list where the batch
/// cannot tell them apart, the likeliest first; none where all is right or nothing is explained
public record Diagnosis(List<Judgement> judgements, List<List<Made>> stories) {

    private static final int MOST_STORIES = 5;

    /// Looks at answers about the last training pass of `network`. Refuses arrays whose shape nothing
    /// explains, with pointers relative to the answers.
    ///
    /// @param update what a step makes of the weights; null where that is not known
    public static Diagnosis of(
            Network network, Loss loss, double[][] targets, Answers answers, @Nullable WeightUpdate update) {
        Trace trace = Trace.of(network, loss, targets);
        List<Map<Quantity, double[][]>> right = Right.of(trace);
        Answering answering = new Answering(answers, trace, right, Rounding.of(trace, right));
        List<Given> all = answering.all();
        List<Verdict> verdicts = all.stream().map(Given::verdict).toList();
        if (!verdicts.contains(Verdict.WRONG)) {
            List<Judgement> judgements = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                judgements.add(Judgement.of(all.get(i), verdicts.get(i), List.of()));
            }
            return new Diagnosis(judgements, List.of());
        }
        List<Story> stories = stories(trace, right, answering, update);
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Given given = all.get(i);
            boolean wrong = verdicts.get(i) == Verdict.WRONG;
            judgements.add(Judgement.of(given, verdicts.get(i), wrong ? readings(given, stories) : List.of()));
        }
        return new Diagnosis(judgements, mistakes(stories));
    }

    /// The stories of least cost, the likeliest first.
    private static List<Story> stories(
            Trace trace, List<Map<Quantity, double[][]>> right, Answering answering, @Nullable WeightUpdate update) {
        ForwardStory forward = ForwardStory.of(trace, answering);
        List<Trace> traces = forward.wrong() ? List.of(trace, forward.trace()) : List.of(trace);
        List<@Nullable WeightUpdate> updates = new ArrayList<>();
        if (update == null) {
            updates.addAll(StaleWeights.of(trace, right, answering));
        }
        if (updates.isEmpty()) {
            updates.add(update);
        }
        List<Search.State> best = new ArrayList<>();
        for (Trace each : traces) {
            for (WeightUpdate one : updates) {
                Story begun = each == trace ? forward.story().aside() : forward.story();
                best.addAll(new Search(each, answering, one).run(begun));
            }
        }
        double least = best.stream().mapToDouble(Search.State::cost).min().orElse(0);
        return best.stream()
                .filter(state -> state.cost() <= least + Search.TIE)
                .sorted(Comparator.comparingDouble(Search.State::cost))
                .flatMap(state -> state.stories().stream().sorted(LIKELIEST))
                .toList();
    }

    /// Fewest mistakes, commonest first, nearest to where they show.
    private static final Comparator<Story> LIKELIEST = Comparator.<Story>comparingInt(
                    story -> story.mistakes().size())
            .thenComparingInt(story -> story.mistakes().stream()
                    .mapToInt(made -> made.mistake().ordinal())
                    .sum())
            .thenComparingInt(
                    story -> story.mistakes().stream().mapToInt(Made::layer).sum());

    private static List<List<Made>> mistakes(List<Story> stories) {
        List<List<Made>> distinct = new ArrayList<>();
        for (Story story : stories) {
            for (int way = 0; way < story.ways(); way++) {
                List<Made> mistakes = story.mistakes(way);
                boolean known = distinct.stream().anyMatch(other -> names(other).equals(names(mistakes)));
                if (!mistakes.isEmpty() && !known && distinct.size() < MOST_STORIES) {
                    distinct.add(mistakes);
                }
            }
        }
        return distinct;
    }

    private static List<Mistake> names(List<Made> mistakes) {
        return mistakes.stream().map(Made::mistake).distinct().sorted().toList();
    }

    private static List<Reading> readings(Given given, List<Story> stories) {
        List<Reading> readings = new ArrayList<>();
        for (Story story : stories) {
            for (Reading reading : readings(given, story)) {
                boolean known = readings.stream()
                        .anyMatch(other -> names(other.mistakes()).equals(names(reading.mistakes())));
                if (!known && readings.size() < MOST_STORIES) {
                    readings.add(reading);
                }
            }
        }
        boolean explained = readings.stream().anyMatch(Reading::whole);
        readings.removeIf(reading -> explained && !reading.whole());
        return readings;
    }

    private static List<Reading> readings(Given given, Story story) {
        List<Made> carried = new ArrayList<>();
        for (Story.Event event : story.events()) {
            switch (event) {
                case Story.Carried one -> carried.add(one.made());
                case Story.Fit fit -> {
                    if (fit.layer() == given.layer() && fit.quantity() == given.quantity()) {
                        return fit.ways().isEmpty()
                                ? List.of(unexplained(given))
                                : fit.ways().stream()
                                        .map(way -> reading(given, carried, way))
                                        .toList();
                    }
                }
            }
        }
        return List.of();
    }

    private static Reading reading(Given given, List<Made> carried, List<Made> way) {
        List<Made> all = new ArrayList<>(carried);
        all.addAll(way);
        boolean here = all.stream().anyMatch(made -> made.layer() == given.layer());
        return new Reading(
                List.copyOf(all), here || all.isEmpty() ? null : all.getLast().layer(), true);
    }

    /// Whatever the numbers are, a shape may tell a mistake.
    private static Reading unexplained(Given given) {
        double[][] numbers = given.numbers();
        double[][] right = given.right();
        if (Plain.sameShape(numbers, right)) {
            return new Reading(List.of(), null, false);
        }
        boolean bias = given.quantity() == Quantity.BIAS_GRADIENT;
        if (!bias && (numbers.length != right[0].length || numbers[0].length != right.length)) {
            throw refused(given);
        }
        Mistake mistake = !bias
                ? Mistake.TRANSPOSED
                : numbers[0].length == right[0].length ? Mistake.NOT_SUMMED : Mistake.SUMMED_OVER_UNITS;
        return new Reading(List.of(new Made(mistake, given.layer(), given.quantity())), null, false);
    }

    private static InvalidSpec refused(Given given) {
        return Shapes.refused(given.layer(), given.quantity(), given.numbers(), given.right());
    }
}
