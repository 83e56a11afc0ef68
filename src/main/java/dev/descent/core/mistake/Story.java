package dev.descent.core.mistake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way the numbers may have come about: what was done wrong, and how each array fits in, in the order
/// of computation.
///
/// A list that shares its beginning with others; the first has neither event nor rest.
record Story(@Nullable Story before, @Nullable Event event) {

    static final Story EMPTY = new Story(null, null);

    sealed interface Event {}

    /// A mistake whose numbers everything after is computed from.
    record Carried(Made made) implements Event {}

    /// How an array agrees with the story so far: by itself, where `ways` holds one empty way; after
    /// further mistakes in it alone, the ways being alternatives; or not at all, where there is no way.
    record Fit(int layer, Quantity quantity, List<List<Made>> ways) implements Event {}

    Story then(Event next) {
        return new Story(this, next);
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (Story story = this; story != null && story.event != null; story = story.before) {
            events.add(story.event);
        }
        Collections.reverse(events);
        return events;
    }

    /// The same arrays with the same mistakes, none of which goes on to what comes after.
    Story aside() {
        Story aside = EMPTY;
        List<Made> carried = new ArrayList<>();
        for (Event event : events()) {
            switch (event) {
                case Carried one -> carried.add(one.made);
                case Fit fit -> {
                    List<List<Made>> ways = new ArrayList<>();
                    for (List<Made> way : fit.ways) {
                        List<Made> all = new ArrayList<>(carried);
                        all.addAll(way);
                        ways.add(all);
                    }
                    aside = aside.then(new Fit(fit.layer, fit.quantity, ways));
                }
            }
        }
        return aside;
    }

    /// Every mistake, those of single arrays by their first way.
    List<Made> mistakes() {
        return mistakes(0);
    }

    /// Every mistake, those of single arrays by the way with this number, or the last they have.
    List<Made> mistakes(int way) {
        List<Made> mistakes = new ArrayList<>();
        for (Event event : events()) {
            switch (event) {
                case Carried carried -> mistakes.add(carried.made);
                case Fit fit -> {
                    if (!fit.ways.isEmpty()) {
                        mistakes.addAll(fit.ways.get(Math.min(way, fit.ways.size() - 1)));
                    }
                }
            }
        }
        return mistakes.stream().distinct().toList();
    }

    /// The most ways that one array has.
    int ways() {
        int most = 1;
        for (Event event : events()) {
            if (event instanceof Fit fit) {
                most = Math.max(most, fit.ways.size());
            }
        }
        return most;
    }
}
