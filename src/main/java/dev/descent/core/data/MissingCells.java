package dev.descent.core.data;

import java.util.Set;

/// Which fields stand for a missing cell: the empty ones, and those that say one of the markers.
final class MissingCells {

    private final Set<String> markers;
    private final int longest;

    MissingCells(Set<String> markers) {
        this.markers = markers;
        this.longest = markers.stream().mapToInt(String::length).max().orElse(0);
    }

    boolean contains(char[] text, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && Numeral.isBlank(text[start])) {
            start++;
        }
        while (end > start && Numeral.isBlank(text[end - 1])) {
            end--;
        }
        if (start == end) {
            return true;
        }
        return end - start <= longest && markers.contains(new String(text, start, end - start));
    }
}
