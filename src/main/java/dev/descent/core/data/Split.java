package dev.descent.core.data;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.random.NumpyRandom;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Which share of the rows is held out for validation and which for a test; null for none.
///
/// A permutation of the rows is drawn from a generator of its own. Its first `ceil(n test)` rows are the test, the next
/// `ceil(n validation)` the validation, the rest, in permuted order, the training: what scikit-learn's
/// `train_test_split(test_size=test, random_state=seed)` holds out is the test. With `stratified` each class gives
/// `n_class share` rows, rounded half up, as long as one remains for training; which ones, the permutation says.
public record Split(
        @Nullable Double validation,
        @Nullable Double test,
        @Default("false") boolean stratified) {

    /// Every row trains, in the table's order.
    public static final Split NONE = new Split(null, null, false);

    public Split {
        requireShare("validation", validation);
        requireShare("test", test);
        if (share(validation) + share(test) >= 1) {
            throw new InvalidSpec(
                    "",
                    "out-of-range",
                    "validation and test together leave no row for training",
                    share(validation) + share(test));
        }
    }

    /// Row numbers in the order in which they are used.
    public record Parts(int[] training, int[] validation, int[] test) {}

    private static void requireShare(String component, @Nullable Double share) {
        if (share != null) {
            Require.positive(component, share);
            Require.fraction(component, share);
        }
    }

    private static double share(@Nullable Double share) {
        return share == null ? 0 : share;
    }

    /// Divides `n` rows; `seed` as of [NumpyRandom]. Ignores `stratified`, for which classes are needed.
    public Parts rows(int n, long seed) {
        int[] order = order(n, seed);
        int tests = (int) StrictMath.ceil(n * share(test));
        int validations = (int) StrictMath.ceil(n * share(validation));
        if (tests + validations >= n) {
            throw nothingLeft(n);
        }
        return new Parts(
                Arrays.copyOfRange(order, tests + validations, n),
                Arrays.copyOfRange(order, tests, tests + validations),
                Arrays.copyOf(order, tests));
    }

    /// Divides rows by their `classes` (codes from 0, one per row) when `stratified` says so, otherwise as [#rows(int,
    /// long)].
    public Parts rows(int[] classes, long seed) {
        int n = classes.length;
        if (!stratified || validation == null && test == null) {
            return rows(n, seed);
        }
        int[] sizes = new int[Arrays.stream(classes).max().orElse(0) + 1];
        for (int code : classes) {
            sizes[code]++;
        }
        int[] tests = new int[sizes.length];
        int[] held = new int[sizes.length];
        for (int code = 0; code < sizes.length; code++) {
            int spare = Math.max(0, sizes[code] - 1);
            tests[code] = Math.min(spare, rounded(sizes[code] * share(test)));
            held[code] = Math.min(spare, tests[code] + rounded(sizes[code] * share(validation)));
        }
        int[] order = order(n, seed);
        int[] place = new int[n];
        int[] seen = new int[sizes.length];
        for (int row : order) {
            place[row] = seen[classes[row]]++;
        }
        Parts parts = new Parts(
                select(order, row -> place[row] >= held[classes[row]]),
                select(order, row -> place[row] >= tests[classes[row]] && place[row] < held[classes[row]]),
                select(order, row -> place[row] < tests[classes[row]]));
        if (validation != null && parts.validation().length == 0 || test != null && parts.test().length == 0) {
            throw nothingLeft(n);
        }
        return parts;
    }

    /// Divides the rows of a table whose target column holds `cells`: by their classes where it has any.
    public Parts rows(Target target, double[] cells, long seed) {
        return target.form() == Target.Form.VALUE
                ? rows(cells.length, seed)
                : rows(Arrays.stream(cells).mapToInt(target::classOf).toArray(), seed);
    }

    private int[] order(int n, long seed) {
        if (validation == null && test == null) {
            int[] order = new int[n];
            Arrays.setAll(order, i -> i);
            return order;
        }
        return new NumpyRandom(seed).permutation(n);
    }

    private static int rounded(double count) {
        return (int) StrictMath.floor(count + 0.5);
    }

    private static int[] select(int[] order, IntPredicate wanted) {
        return Arrays.stream(order).filter(wanted).toArray();
    }

    private static InvalidSpec nothingLeft(int n) {
        return new InvalidSpec("", "out-of-range", "with " + n + " rows this split leaves a part without any", n);
    }
}
