package dev.descent.core.random;

/// The 32-bit Mersenne twister MT19937 (Matsumoto and Nishimura 1998), seeded as its authors' reference code does.
///
/// Not safe for use by several threads.
final class MersenneTwister {

    static final int WORDS = 624;

    private static final int MIDDLE = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;
    private static final int TWIST = 0x9908b0df;

    private final int[] words = new int[WORDS];
    private int position = WORDS;

    /// `init_genrand`: the state that follows from one 32-bit word.
    void seed(int word) {
        words[0] = word;
        for (int i = 1; i < WORDS; i++) {
            words[i] = 1812433253 * (words[i - 1] ^ (words[i - 1] >>> 30)) + i;
        }
        position = WORDS;
    }

    /// `init_by_array`: the state that follows from several words.
    void seed(int[] key) {
        seed(19650218);
        int i = 1;
        int j = 0;
        for (int k = Math.max(WORDS, key.length); k > 0; k--) {
            words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >>> 30)) * 1664525)) + key[j] + j;
            i = next(i);
            j = j + 1 == key.length ? 0 : j + 1;
        }
        for (int k = WORDS - 1; k > 0; k--) {
            words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >>> 30)) * 1566083941)) - i;
            i = next(i);
        }
        words[0] = UPPER;
    }

    private int next(int i) {
        if (i + 1 < WORDS) {
            return i + 1;
        }
        words[0] = words[WORDS - 1];
        return 1;
    }

    /// The next 32 bits; an int's sign is just the highest of them.
    int nextWord() {
        if (position == WORDS) {
            refill();
        }
        int y = words[position++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void refill() {
        int k = 0;
        for (; k < WORDS - MIDDLE; k++) {
            words[k] = words[k + MIDDLE] ^ twist(words[k], words[k + 1]);
        }
        for (; k < WORDS - 1; k++) {
            words[k] = words[k + MIDDLE - WORDS] ^ twist(words[k], words[k + 1]);
        }
        words[WORDS - 1] = words[MIDDLE - 1] ^ twist(words[WORDS - 1], words[0]);
        position = 0;
    }

    private static int twist(int high, int low) {
        int mixed = (high & UPPER) | (low & LOWER);
        return (mixed >>> 1) ^ (-(mixed & 1) & TWIST);
    }

    /// Writes the words to the front of `state`.
    void save(int[] state) {
        System.arraycopy(words, 0, state, 0, WORDS);
    }

    int position() {
        return position;
    }

    /// Continues where a generator with these words, at this position, stood.
    void restore(int[] state, int at) {
        System.arraycopy(state, 0, words, 0, WORDS);
        position = at;
    }
}
