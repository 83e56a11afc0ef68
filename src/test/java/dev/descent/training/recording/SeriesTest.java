package dev.descent.training.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "3, 7", "3, 9", "10, 7", "7, 7"})
    void stepsOfRecordsAreTheMultiples(long every, long steps) {
        Series series = Series.from(every, steps, 8);
        List<Long> expected = LongStream.range(0, steps)
                .filter(step -> step % every == 0)
                .boxed()
                .toList();
        assertThat(steps(series)).isEqualTo(expected);
        assertIndexFrom(series, expected, steps);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "3, 7", "3, 9", "10, 7", "7, 7", "4, 10"})
    void recordsOfEpochsStandAtTheirLastSteps(long stepsPerEpoch, long steps) {
        Series series = Series.ofEpochs(stepsPerEpoch, steps, 8);
        List<Long> expected = LongStream.range(0, steps)
                .filter(step -> step % stepsPerEpoch == stepsPerEpoch - 1 || step == steps - 1)
                .boxed()
                .toList();
        assertThat(steps(series)).isEqualTo(expected);
        assertIndexFrom(series, expected, steps);
    }

    @Test
    void bytesDoNotOverflow() {
        assertThat(Series.from(1, 10, 8).bytes()).isEqualTo(80);
        assertThat(Series.from(1, 10_000_000_000L, 4_000_000_000L).bytes()).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertIndexFrom(Series series, List<Long> expected, long steps) {
        for (long step = 0; step < steps + 15; step++) {
            long from = step;
            assertThat(series.indexFrom(step))
                    .as("first record at step %s or later", step)
                    .isEqualTo(expected.stream().filter(at -> at < from).count());
        }
    }

    private static List<Long> steps(Series series) {
        return LongStream.range(0, series.count()).map(series::stepAt).boxed().toList();
    }
}
