package dev.descent.storage;

import java.time.Clock;
import java.util.random.RandomGenerator;

/// Names for new things: a prefix and 26 letters and digits whose order is the order of creation.
///
/// The 26 are a 128-bit number in Crockford's base 32: milliseconds since 1970 (48 bits), then 80 random bits.
/// Within a millisecond, or when the clock steps back, the last number plus a small random step follows, so ids
/// always rise.
public final class Ids {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;

    private final Clock clock;
    private final RandomGenerator random;

    private long high;
    private long low;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// A new id such as `ds_01jd...`.
    public String next(String prefix) {
        return prefix + "_" + next();
    }

    /// Whether `text` has the form of an id with this prefix.
    public static boolean isId(String prefix, String text) {
        if (text.length() != prefix.length() + 1 + LENGTH || !text.startsWith(prefix + "_")) {
            return false;
        }
        return text.substring(prefix.length() + 1).chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    private synchronized String next() {
        long stamp = clock.millis();
        if (stamp > high >>> 16) {
            high = stamp << 16 | random.nextLong() & 0xffff;
            low = random.nextLong();
        } else {
            long before = low;
            low += 1 + (random.nextLong() >>> 32);
            if (Long.compareUnsigned(low, before) < 0) {
                high++;
            }
        }
        return digits();
    }

    private String digits() {
        var text = new StringBuilder(LENGTH);
        for (int shift = 125; shift >= 0; shift -= 5) {
            text.append(DIGITS.charAt((int) (bitsFrom(shift) & 31)));
        }
        return text.toString();
    }

    private long bitsFrom(int shift) {
        if (shift >= 64) {
            return high >>> (shift - 64);
        }
        return shift == 0 ? low : low >>> shift | high << (64 - shift);
    }
}
