package dev.descent.training.compare;

import java.util.ArrayList;
import java.util.List;

/// The settings that can set two runs apart.
final class Candidates {

    /// They end a run, look at it, or say where and when it runs, and change no weight of a step.
    private static final List<String> HARMLESS =
            List.of("/threads", "/record", "/priority", "/timeLimitSeconds", "/metrics", "/earlyStopping", "/name");

    /// All that initial weights are made of.
    private static final List<String> INITIAL = List.of("/seed", "/initialWeights", "/precision", "/network");

    /// Settings of which a spec has one, so that they are taken together.
    private static final List<List<String>> TOGETHER =
            List.of(List.of("/epochs", "/steps"), List.of("/target", "/targets"));

    private Candidates() {}

    /// @param differing pointers of all settings that differ
    /// @param initial whether the weights part before the first step
    static List<List<String>> of(List<String> differing, boolean initial) {
        List<List<String>> candidates = new ArrayList<>();
        for (String pointer : differing) {
            if (isOneOf(HARMLESS, pointer) || (initial && !isOneOf(INITIAL, pointer))) {
                continue;
            }
            List<String> group = TOGETHER.stream()
                    .filter(together -> together.contains(pointer))
                    .map(together ->
                            together.stream().filter(differing::contains).toList())
                    .findFirst()
                    .orElse(List.of(pointer));
            if (!candidates.contains(group)) {
                candidates.add(group);
            }
        }
        return candidates;
    }

    private static boolean isOneOf(List<String> settings, String pointer) {
        return settings.stream().anyMatch(setting -> pointer.equals(setting) || pointer.startsWith(setting + "/"));
    }
}
