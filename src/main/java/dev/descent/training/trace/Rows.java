package dev.descent.training.trace;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which rows of a batch are wanted: `20` for the first twenty, `10-19` for those from one to another,
/// both in it.
record Rows(int first, int count) {

    private static final Rows ALL = new Rows(0, Integer.MAX_VALUE);
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,9})-)?(\\d{1,9})");

    static Rows parse(@Nullable String text) {
        if (text == null) {
            return ALL;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw refused(text, "rows must be a number, as 20 for the first 20, or a range, as 10-19");
        }
        int last = Integer.parseInt(matcher.group(2));
        if (matcher.group(1) == null) {
            if (last == 0) {
                throw refused(text, "rows must be at least 1");
            }
            return new Rows(0, last);
        }
        int first = Integer.parseInt(matcher.group(1));
        if (last < first) {
            throw refused(text, "the range of rows ends before it begins");
        }
        return new Rows(first, last - first + 1);
    }

    /// Refuses a range that begins behind the batch.
    void requireWithin(int batch) {
        if (first >= batch) {
            throw refused(first + "-" + (first + count - 1), "the batch has the rows 0 to " + (batch - 1));
        }
    }

    private static Refused refused(String text, String message) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation("?rows", "out-of-range", message, text)));
    }
}
