package dev.descent.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.NumpyRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class PowersTest {

    private static final double[] BASES = {0.999, 0.9, 0.5, 0.1, 0.96, 1 - 0x1p-53, 1e-3, 0.30000000000000004, 1};

    @Test
    void wholePowersAreWithinHalfAnUlpAndAHundredth() {
        int compared = 0;
        for (double base : BASES) {
            for (int n = 0; n <= 20_000; n += n < 200 ? 1 : 397) {
                double power = Powers.of(base, n);
                if (power < Double.MIN_NORMAL) {
                    break;
                }
                BigDecimal exact = new BigDecimal(base).pow(n, new MathContext(60));
                double error = new BigDecimal(power).subtract(exact).abs().doubleValue() / Math.ulp(power);
                assertThat(error).as("ulps at %s^%s", base, n).isLessThanOrEqualTo(0.51);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1500);
    }

    @Test
    void anyPowerIsWithinItsBound() {
        var random = new NumpyRandom(4);
        for (int i = 0; i < 20_000; i++) {
            double base = random.uniform(1e-6, 1);
            double exponent = random.uniform(0, 40);
            double expected = StrictMath.pow(base, exponent);
            if (expected >= Double.MIN_NORMAL) {
                double bound = 1e-15 * (1 - StrictMath.log(base)) * expected;
                assertThat(Powers.of(base, exponent))
                        .as("%s^%s", base, exponent)
                        .isCloseTo(expected, within(bound));
            }
        }
    }

    @Test
    void theEndsAreExact() {
        for (double exponent : new double[] {0.5, 1, 1.5, 3e18, 1e300, Double.POSITIVE_INFINITY}) {
            assertThat(Powers.of(0, exponent)).as("0^%s", exponent).isZero();
            assertThat(Powers.of(1, exponent)).as("1^%s", exponent).isEqualTo(1);
        }
        assertThat(Powers.of(0, 0.0)).isEqualTo(1);
        assertThat(Powers.of(0, 0L)).isEqualTo(1);
        assertThat(Powers.of(0.5, 1074L)).isEqualTo(Double.MIN_VALUE);
        assertThat(Powers.of(0.9, Long.MAX_VALUE)).isZero();
    }
}
