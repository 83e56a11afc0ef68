package dev.descent.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogarithmTest {

    /// Right-hand sides computed with 150 bits, then rounded.
    @ParameterizedTest
    @CsvSource({
        "0.5507979025745755, -0.5963873200968057",
        "0.7081478226181048, -0.3451024180731863",
        "0.2909047389129443, -1.2347594230913452",
        "0.510827605197663, -0.6717231132189072",
        "0.9999999999999999, -1.1102230246251565e-16",
        "0.99, -0.01005033585350145",
        "0.5, -0.6931471805599453",
        "1e-12, -27.631021115928547",
        "0.7071067811865476, -0.3465735902799726",
        "0.7071067811865475, -0.34657359027997275",
        "1.0, 0.0"
    })
    void logarithmIsRoundedOnce(double x, double expected) {
        assertThat(Logarithm.log(x)).isEqualTo(expected);
    }

    @Test
    void neverFarFromTheLibrarys() {
        NumpyRandom random = new NumpyRandom(2);
        for (int i = 0; i < 100_000; i++) {
            double x = random.randomSample() + 1e-300;
            double library = StrictMath.log(x);
            assertThat(Math.abs(Logarithm.log(x) - library)).isLessThanOrEqualTo(Math.ulp(library));
        }
    }
}
