package dev.descent.core.mistake;

import java.util.List;

/// What is to be said of one array.
///
/// @param relativeError [Distance#relative] to the right one
/// @param tolerance the relative error that is still right
/// @param row where the entry that is furthest off stands, with `column`
/// @param readings how it became wrong: more than one where they come to the same on this batch; none
/// where it is not
public record Judgement(
        int layer,
        Quantity quantity,
        Verdict verdict,
        double relativeError,
        double tolerance,
        int row,
        int column,
        double found,
        double expected,
        List<Reading> readings) {

    static Judgement of(Given given, Verdict verdict, List<Reading> readings) {
        double[][] numbers = given.numbers();
        double[][] right = given.right();
        int row = 0;
        int column = 0;
        if (Plain.sameShape(numbers, right)) {
            double worst = -1;
            for (int i = 0; i < numbers.length; i++) {
                for (int j = 0; j < numbers[i].length; j++) {
                    double distance = Math.abs(numbers[i][j] - right[i][j]);
                    if (distance > worst) {
                        worst = distance;
                        row = i;
                        column = j;
                    }
                }
            }
        }
        return new Judgement(
                given.layer(),
                given.quantity(),
                verdict,
                Distance.relative(numbers, right),
                given.tolerance(),
                row,
                column,
                numbers[row][column],
                right[row][column],
                readings);
    }
}
