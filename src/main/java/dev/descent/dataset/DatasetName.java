package dev.descent.dataset;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a dataset may be called.
final class DatasetName {

    private static final int LONGEST = 200;
    private static final int LONGEST_FILENAME = 255;

    private DatasetName() {}

    /// The name as it was given, or a [Refused] at `pointer`.
    static String require(String pointer, String name) {
        String message = "a name has 1 to " + LONGEST + " characters, not all blank, none of them a control character";
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(
                    "validation-failed",
                    "Validation failed",
                    message,
                    List.of(new Violation(pointer, "invalid-name", message)));
        }
        return name;
    }

    /// What is left of a client's file name as a label: its last part, without control characters; null for nothing.
    static @Nullable String label(@Nullable String filename) {
        if (filename == null) {
            return null;
        }
        String last = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
        String clean = last.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST_FILENAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return clean.isEmpty() ? null : clean;
    }

    /// A dataset's name from its file's.
    static String ofFile(@Nullable String label) {
        if (label == null) {
            return "dataset";
        }
        int point = label.lastIndexOf('.');
        String stem = point > 0 ? label.substring(0, point) : label;
        String name = stem.substring(
                        0, stem.offsetByCodePoints(0, Math.min(100, stem.codePointCount(0, stem.length()))))
                .strip();
        return name.isEmpty() ? "dataset" : name;
    }
}
