package dev.descent.system;

import java.util.Random;

/// How far a proof goes: as far as the build has time for, or in full, and from which seed.
///
/// `-Ddescent.proof=full` asks for all in full; `-Ddescent.proof.kills=50` for so many of one kind;
/// `-Ddescent.proof.seed=7` for another course of events.
public final class Extent {

    private static final String PROPERTY = "descent.proof";

    private Extent() {}

    static boolean full() {
        return "full".equals(System.getProperty(PROPERTY));
    }

    public static int of(String kind, int build, int full) {
        return Integer.getInteger(PROPERTY + "." + kind, full() ? full : build);
    }

    /// Draws from the seed, which it prints.
    public static Random random(String proof) {
        long seed = Long.getLong(PROPERTY + ".seed", System.nanoTime() & 0xffffff);
        System.out.printf("%s: seed %d (again with -Ddescent.proof.seed=%d)%n", proof, seed, seed);
        return new Random(seed);
    }
}
