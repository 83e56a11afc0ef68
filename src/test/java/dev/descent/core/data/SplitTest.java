package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    /// RandomState(3).permutation(10) is 5 4 1 2 9 6 7 0 3 8; train_test_split(test_size=0.2, random_state=3) tests 5
    /// and 4.
    @Test
    void partsAreCutFromNumpysPermutation() {
        var parts = new Split(0.1, 0.2, false).rows(10, 3);
        assertThat(parts.test()).containsExactly(5, 4);
        assertThat(parts.validation()).containsExactly(1);
        assertThat(parts.training()).containsExactly(2, 9, 6, 7, 0, 3, 8);
    }

    @Test
    void sharesAreRoundedUp() {
        var parts = new Split(0.25, 0.11, false).rows(10, 3);
        assertThat(parts.test()).hasSize(2);
        assertThat(parts.validation()).hasSize(3);
    }

    @Test
    void withoutSharesEveryRowTrainsInOrder() {
        assertThat(Split.NONE.rows(4, 3).training()).containsExactly(0, 1, 2, 3);
        assertThat(Split.NONE.rows(4, 3).validation()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void sharesOutsideTheRangeAreRefused(double share) {
        assertThatThrownBy(() -> new Split(share, null, false))
                .isInstanceOfSatisfying(
                        InvalidSpec.class, e -> assertThat(e.pointer()).isEqualTo("/validation"));
        assertThatThrownBy(() -> new Split(null, share, false))
                .isInstanceOfSatisfying(
                        InvalidSpec.class, e -> assertThat(e.pointer()).isEqualTo("/test"));
    }

    @Test
    void sharesThatLeaveNothingAreRefused() {
        assertThatThrownBy(() -> new Split(0.5, 0.5, false)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Split(0.9, null, false).rows(5, 1)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Split(0.1, null, false).rows(1, 1)).isInstanceOf(InvalidSpec.class);
    }

    @Test
    void stratifiedPartsKeepTheClassesShares() {
        int[] classes =
                IntStream.range(0, 100).map(i -> i < 80 ? 0 : i < 99 ? 1 : 2).toArray();
        var parts = new Split(0.2, 0.1, true).rows(classes, 7);
        assertThat(counts(parts.test(), classes)).containsExactly(8, 2, 0);
        assertThat(counts(parts.validation(), classes)).containsExactly(16, 4, 0);
        assertThat(counts(parts.training(), classes)).containsExactly(56, 13, 1);
    }

    private static int[] counts(int[] rows, int[] classes) {
        int[] counts = new int[3];
        Arrays.stream(rows).forEach(row -> counts[classes[row]]++);
        return counts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRowIsInExactlyOnePart(boolean stratified) {
        int[] classes = IntStream.range(0, 57).map(i -> i * i % 5).toArray();
        var parts = new Split(0.3, 0.15, stratified).rows(classes, 11);
        assertThat(IntStream.concat(
                                Arrays.stream(parts.training()),
                                IntStream.concat(Arrays.stream(parts.validation()), Arrays.stream(parts.test())))
                        .sorted()
                        .toArray())
                .containsExactly(IntStream.range(0, 57).toArray());
        var again = new Split(0.3, 0.15, stratified).rows(classes, 11);
        assertThat(again.training()).containsExactly(parts.training());
    }

    @Test
    void stratifiedHoldsTheFirstOfThePermutationOut() {
        int[] classes = new int[10];
        var parts = new Split(0.1, 0.2, true).rows(classes, 3);
        assertThat(parts.test()).containsExactly(5, 4);
        assertThat(parts.validation()).containsExactly(1);
        assertThat(parts.training()).containsExactly(2, 9, 6, 7, 0, 3, 8);
    }
}
