package dev.descent.core.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Counts different numbers up to a limit; 0 and -0 are one number.
final class DistinctNumbers {

    private static final double FREE = Double.NaN;

    private final int limit;
    private double[] slots = filled(16);
    private int count;

    DistinctNumbers(int limit) {
        this.limit = limit;
    }

    /// `number` must not be NaN.
    void add(double number) {
        if (count > limit) {
            return;
        }
        int slot = slot(slots, number);
        if (Double.isNaN(slots[slot])) {
            slots[slot] = number;
            count++;
            if (count > limit) {
                slots = new double[0];
            } else if (2 * count > slots.length) {
                grow();
            }
        }
    }

    private void grow() {
        double[] larger = filled(2 * slots.length);
        for (double number : slots) {
            if (!Double.isNaN(number)) {
                larger[slot(larger, number)] = number;
            }
        }
        slots = larger;
    }

    /// The slot that holds `number`, or the free one where it belongs.
    private static int slot(double[] slots, double number) {
        long bits = Double.doubleToLongBits(number + 0.0) * 0x9e3779b97f4a7c15L;
        int slot = (int) (bits >>> 32) & slots.length - 1;
        while (!Double.isNaN(slots[slot]) && slots[slot] != number) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static double[] filled(int size) {
        double[] slots = new double[size];
        Arrays.fill(slots, FREE);
        return slots;
    }

    /// Null when there were more than the limit.
    @Nullable
    Long count() {
        return count > limit ? null : (long) count;
    }
}
