package dev.descent.core.mistake;

/// How far apart two arrays are.
public final class Distance {

    private Distance() {}

    /// `|s - r| / (|s| + |r|)`, lengths of the arrays as vectors: 0 where they are equal, 1/3 where one
    /// is twice the other, 1 where they are opposite, and where their shapes differ.
    public static double relative(double[][] numbers, double[][] reference) {
        if (!Plain.sameShape(numbers, reference)) {
            return 1;
        }
        double sum = Plain.norm(numbers) + Plain.norm(reference);
        return sum == 0 ? 0 : Plain.norm(Plain.map(numbers, reference, (s, r) -> s - r)) / sum;
    }
}
