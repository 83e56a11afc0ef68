package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.Numeral.Reading;
import dev.descent.core.random.NumpyRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralTest {

    private final Numeral numeral = new Numeral('.');

    private Reading read(String text) {
        char[] buffer = ("#" + text + "#").toCharArray();
        return numeral.read(buffer, 1, text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "-1.5",
                "+2",
                ".5",
                "5.",
                "1e3",
                "1E-3",
                "-2.5e+10",
                "007",
                " 1 ",
                "\t2",
                "123456789012345",
                "1234567890123456789",
                "0.1",
                "0.30000000000000004",
                "14.890999999999998",
                "1e22",
                "1e23",
                "9007199254740993",
                "2.2250738585072014e-308",
                "4.9e-324",
                "1.7976931348623157e308",
                "0.000000000000000000000000000001",
                "0e999999999"
            })
    void decimalNumbersAreReadAsJavaReadsThem(String text) {
        assertThat(read(text)).isEqualTo(Reading.NUMBER);
        assertThat(numeral.value()).isEqualTo(Double.parseDouble(text.strip()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "1f",
                "1.5D",
                "10L",
                "0x1p3",
                "0xff",
                "1_0",
                "1_000.5",
                "\u0661",
                "1 000",
                "1,000,000.5",
                "1'000"
            })
    void numbersOfOtherReadersAreForeign(String text) {
        assertThat(read(text)).isEqualTo(Reading.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "-nan", "inf", "+Inf", "-Infinity", "INFINITY"})
    void whatIsNotFiniteIsNamed(String text) {
        assertThat(read(text)).isEqualTo(Reading.NON_FINITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999999"})
    void whatIsTooLargeIsNamed(String text) {
        assertThat(read(text)).isEqualTo(Reading.OUT_OF_RANGE);
    }

    @Test
    void fourHundredDigitsAreTooMany() {
        assertThat(read("9".repeat(400))).isEqualTo(Reading.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "--1",
                "+-1",
                "1.2.3",
                "1+1",
                "+1+1",
                "-2+3",
                "=1",
                "12%",
                "2024-01-31",
                "1e5.5",
                "n",
                "information",
                "x1",
                "1 2"
            })
    void otherTextIsText(String text) {
        assertThat(read(text)).isEqualTo(Reading.TEXT);
    }

    @Test
    void decimalCommaIsNamedWhereAPointIsExpected() {
        assertThat(read("3,14")).isEqualTo(Reading.DECIMAL_COMMA);
    }

    @Test
    void decimalCommaIsReadWhereItIsExpected() {
        var comma = new Numeral(',');
        assertThat(comma.read("3,14".toCharArray(), 0, 4)).isEqualTo(Reading.NUMBER);
        assertThat(comma.value()).isEqualTo(3.14);
        assertThat(comma.read("1234567,8901234567".toCharArray(), 0, 18)).isEqualTo(Reading.NUMBER);
        assertThat(comma.value()).isEqualTo(1234567.8901234567);
        assertThat(comma.read("3.14".toCharArray(), 0, 4)).isNotEqualTo(Reading.NUMBER);
    }

    @Test
    void lossesAreNoticed() {
        read("1e-400");
        assertThat(numeral.underflow()).isTrue();
        read("0e-400");
        assertThat(numeral.underflow()).isFalse();
        read("9007199254740993");
        assertThat(numeral.imprecise()).isTrue();
        read("9007199254740992");
        assertThat(numeral.imprecise()).isFalse();
        read("1152921504606846976"); // 2^60
        assertThat(numeral.imprecise()).isFalse();
        read("-1152921504606846977");
        assertThat(numeral.imprecise()).isTrue();
        read("10000000000000000000000"); // 10^22
        assertThat(numeral.imprecise()).isFalse();
        read("0.1");
        assertThat(numeral.imprecise()).isFalse();
        read("007");
        assertThat(numeral.leadingZeros()).isTrue();
        read("0.7");
        assertThat(numeral.leadingZeros()).isFalse();
    }

    @Test
    void everyPrintedNumberIsReadBackToTheLastBit() {
        var random = new NumpyRandom(8);
        for (int i = 0; i < 200_000; i++) {
            double number = random.randn() * StrictMath.pow(10, random.randint(40) - 20);
            String text = i % 2 == 0
                    ? Double.toString(number)
                    : String.format(Locale.ROOT, "%." + random.randint(18) + "f", number);
            assertThat(read(text)).isEqualTo(Reading.NUMBER);
            assertThat(numeral.value()).as(text).isEqualTo(Double.parseDouble(text));
        }
    }
}
