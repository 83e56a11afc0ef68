package dev.descent.core.mistake;

import java.util.List;

/// What an array becomes by some mistakes, `factor` times `numbers`; by none it is what the story so
/// far makes of it.
record Variant(List<Mistake> mistakes, double[][] numbers, double factor) {

    static Variant right(double[][] numbers) {
        return new Variant(List.of(), numbers, 1);
    }

    static Variant of(Mistake mistake, double[][] numbers) {
        return new Variant(List.of(mistake), numbers, 1);
    }

    double[][] product() {
        return factor == 1 ? numbers : Plain.scaled(numbers, factor);
    }
}
