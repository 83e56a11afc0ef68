package dev.descent.core.lint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Gathers what speaks for a finding. A number that is not finite is left out: JSON has no word for it.
final class Evidence {

    private static final int MOST_RANGES = 20;

    private final Map<String, Object> found = new LinkedHashMap<>();

    Evidence with(String name, double number) {
        if (Double.isFinite(number)) {
            found.put(name, number);
        }
        return this;
    }

    Evidence with(String name, long number) {
        found.put(name, number);
        return this;
    }

    Evidence with(String name, String text) {
        found.put(name, text);
        return this;
    }

    Evidence with(String name, List<?> list) {
        found.put(name, list);
        return this;
    }

    Map<String, Object> found() {
        return found;
    }

    /// `3 to 7, 9` of ascending numbers, as `3-7,9`; what is too long ends with an ellipsis.
    static String ranges(int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        var text = new StringBuilder();
        int ranges = 0;
        for (int i = 0; i < sorted.length; i++) {
            int first = sorted[i];
            while (i + 1 < sorted.length && sorted[i + 1] <= sorted[i] + 1) {
                i++;
            }
            if (ranges++ == MOST_RANGES) {
                return text.append(",...").toString();
            }
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (sorted[i] > first) {
                text.append('-').append(sorted[i]);
            }
        }
        return text.toString();
    }

    static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
