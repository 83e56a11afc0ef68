package dev.descent.web.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Guesses which name was meant.
final class Nearest {

    private static final int LONGEST = 64;

    private Nearest() {}

    /// The known name with the fewest letters to change, when at most a third of its letters have to.
    static Optional<String> to(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int changes = changes(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (changes < fewest && changes <= Math.max(1, candidate.length() / 3)) {
                best = candidate;
                fewest = changes;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Letters to insert, delete or replace to make `a` into `b` (Levenshtein).
    private static int changes(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
