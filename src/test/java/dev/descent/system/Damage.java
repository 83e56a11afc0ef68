package dev.descent.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A way in which a stored file can stop being what was written.
///
/// @param content what it is then, null when it is gone
record Damage(String kind, byte @Nullable [] content) {

    /// One flipped bit at each of `flips` places, cut off at `cuts` lengths, 4 KiB of zeros, another file in its place,
    /// none at all.
    static List<Damage> of(byte[] whole, byte[] other, int flips, int cuts, Random random) {
        List<Damage> all = new ArrayList<>();
        for (int i = 0; i < flips; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            all.add(new Damage("flip", flipped));
        }
        for (int i = 0; i < cuts; i++) {
            all.add(new Damage("cut", Arrays.copyOf(whole, random.nextInt(whole.length))));
        }
        byte[] zeroed = whole.clone();
        int from = Math.max(0, random.nextInt(whole.length) - 4096);
        Arrays.fill(zeroed, from, Math.min(whole.length, from + 4096), (byte) 0);
        all.add(new Damage("zeros", zeroed));
        all.add(new Damage("swap", other));
        all.add(new Damage("gone", null));
        all.removeIf(damage -> Arrays.equals(damage.content, whole));
        return all;
    }
}
