package dev.descent.core.random;

import dev.descent.core.Require;

/// The stream of `numpy.random.RandomState(seed)`, draw by draw, and with it of `numpy.random.seed(seed)`.
///
/// Calls may be mixed as in a notebook: every method takes as much from the stream as NumPy's does. Seeds beyond
/// NumPy's 2^32 - 1 mean `RandomState([seed % 2**32, seed // 2**32])`. Normal deviates need a logarithm, which NumPy
/// takes
/// from the C library of its machine; here it is the exact one, rounded once. No method allocates unless it returns
/// an array. Not safe for use by several threads.
public final class NumpyRandom {

    /// The largest integer that every JSON reader keeps.
    public static final long MAXIMUM_SEED = (1L << 53) - 1;

    /// How many words the state has: those of the twister, its position in them, and the normal deviate kept.
    public static final int STATE_WORDS = MersenneTwister.WORDS + 4;

    private static final int POSITION = MersenneTwister.WORDS;
    private static final int KEPT = POSITION + 1;
    private static final int SPARE = KEPT + 1;

    private final MersenneTwister twister = new MersenneTwister();
    private boolean spareKept;
    private double spare;

    /// `RandomState(seed)`; `seed` from 0 to [#MAXIMUM_SEED].
    public NumpyRandom(long seed) {
        Require.between("seed", seed, 0, MAXIMUM_SEED);
        if (seed >>> 32 == 0) {
            twister.seed((int) seed);
        } else {
            twister.seed(new int[] {(int) seed, (int) (seed >>> 32)});
        }
    }

    /// Uniform on [0, 1) with 53 bits.
    public double randomSample() {
        int a = twister.nextWord() >>> 5;
        int b = twister.nextWord() >>> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }

    /// Uniform on [low, high).
    public double uniform(double low, double high) {
        return low + (high - low) * randomSample();
    }

    /// Standard normal, by Marsaglia's polar method: deviates are made in pairs, the second is kept for the next call.
    public double randn() {
        if (spareKept) {
            spareKept = false;
            return spare;
        }
        double x;
        double y;
        double square;
        do {
            x = 2.0 * randomSample() - 1.0;
            y = 2.0 * randomSample() - 1.0;
            square = x * x + y * y;
        } while (square >= 1.0 || square == 0.0);
        double factor = Math.sqrt(-2.0 * Logarithm.log(square) / square);
        spare = factor * x;
        spareKept = true;
        return factor * y;
    }

    /// Normal with this mean and standard deviation.
    public double normal(double mean, double standardDeviation) {
        return mean + standardDeviation * randn();
    }

    /// Uniform on 0 .. high - 1; `high` at least 1, and 1 takes nothing from the stream.
    public int randint(int high) {
        if (high < 1) {
            throw new IllegalArgumentException("high must be at least 1, was " + high);
        }
        return upTo(high - 1);
    }

    /// `size` draws from 0 .. n - 1, with replacement.
    public int[] choice(int n, int size) {
        int[] drawn = new int[size];
        choice(n, drawn);
        return drawn;
    }

    /// Fills `out` with draws from 0 .. n - 1, with replacement.
    public void choice(int n, int[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = randint(n);
        }
    }

    /// 0 .. n - 1 in random order.
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order);
        return order;
    }

    /// Puts `array` in random order.
    public void shuffle(int[] array) {
        for (int i = array.length - 1; i > 0; i--) {
            int j = upTo(i);
            int kept = array[i];
            array[i] = array[j];
            array[j] = kept;
        }
    }

    /// Uniform on 0 .. maximum: masks each word to the needed bits and throws it away when it is too large.
    private int upTo(int maximum) {
        if (maximum == 0) {
            return 0;
        }
        int mask = -1 >>> Integer.numberOfLeadingZeros(maximum);
        int drawn;
        do {
            drawn = twister.nextWord() & mask;
        } while (drawn > maximum);
        return drawn;
    }

    /// Writes everything the next draw depends on, [#STATE_WORDS] words; [#restore] continues from them.
    public void save(int[] state) {
        requireLength(state);
        twister.save(state);
        long bits = spareKept ? Double.doubleToRawLongBits(spare) : 0;
        state[POSITION] = twister.position();
        state[KEPT] = spareKept ? 1 : 0;
        state[SPARE] = (int) bits;
        state[SPARE + 1] = (int) (bits >>> Integer.SIZE);
    }

    /// Becomes the generator that wrote this state, about to make the same draws; `IllegalArgumentException` for what
    /// no generator writes, which leaves this one as it was.
    public void restore(int[] state) {
        requireLength(state);
        int position = state[POSITION];
        int kept = state[KEPT];
        if (position < 0 || position > MersenneTwister.WORDS || kept < 0 || kept > 1) {
            throw new IllegalArgumentException("not a random state: position " + position + ", spare " + kept);
        }
        twister.restore(state, position);
        spareKept = kept == 1;
        spare = Double.longBitsToDouble(Integer.toUnsignedLong(state[SPARE]) | (long) state[SPARE + 1] << Integer.SIZE);
    }

    private static void requireLength(int[] state) {
        if (state.length != STATE_WORDS) {
            throw new IllegalArgumentException(
                    "not a random state: that has " + STATE_WORDS + " words, these are " + state.length);
        }
    }
}
